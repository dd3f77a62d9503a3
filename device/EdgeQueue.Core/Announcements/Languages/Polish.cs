namespace EdgeQueue.Core.Announcements;

public static partial class Languages
{
    // The names of Cyrillic letters are approximations in this language's spelling, for guests' labels.
    private static LanguageSpeech Polish => new()
    {
        Code = "pl",
        TicketStyle = NumberStyle.Number,
        Templates = LanguageSpeech.Places(
            counter: "Numer {label}, proszę podejść do stanowiska {place}",
            desk: "Numer {label}, proszę podejść do biurka {place}",
            window: "Numer {label}, proszę podejść do okienka {place}",
            room: "Numer {label}, proszę wejść do pokoju {place}"),
        Digits = ["zero", "jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć"],
        OwnLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZĄĆĘŁŃÓŚŹŻ",
        OtherLetters = LanguageSpeech.Names("""
            А=a Б=be В=we Г=gie Ґ=gie Д=de Е=je Ё=jo Є=je Ж=że З=ze И=i І=i Ї=ji Й=i_krótkie К=ka Л=el М=em
            Н=en О=o П=pe Р=er С=es Т=te У=u Ф=ef Х=cha Ц=ce Ч=cze Ш=sza Щ=szcza Ъ=znak_twardy Ы=y
            Ь=znak_miękki Э=e Ю=ju Я=ja
            """),
    };
}
