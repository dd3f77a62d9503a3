namespace EdgeQueue.Core.Announcements;

public static partial class Languages
{
    // The names of Cyrillic letters are approximations in this language's spelling, for guests' labels.
    private static LanguageSpeech Spanish => new()
    {
        Code = "es",
        TicketStyle = NumberStyle.Number,
        Templates = LanguageSpeech.Places(
            counter: "Turno {label}, pase al mostrador {place}",
            desk: "Turno {label}, pase a la mesa {place}",
            window: "Turno {label}, pase a la ventanilla {place}",
            room: "Turno {label}, pase a la sala {place}"),
        Digits = ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
        OwnLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZÑ",
        OtherLetters = LanguageSpeech.Names("""
            А=a Б=be В=ve Г=gue Ґ=gue Д=de Е=ye Ё=yo Є=ye Ж=zhe З=se И=i І=i Ї=yi Й=i_corta К=ka Л=el М=em
            Н=en О=o П=pe Р=er С=es Т=te У=u Ф=ef Х=ja Ц=tse Ч=che Ш=sha Щ=shcha Ъ=signo_duro Ы=y
            Ь=signo_blando Э=e Ю=yu Я=ya
            """),
    };
}
