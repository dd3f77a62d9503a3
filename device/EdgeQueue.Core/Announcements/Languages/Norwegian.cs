namespace EdgeQueue.Core.Announcements;

public static partial class Languages
{
    // W has its name in the table because the engine leaves out the t of "dobbelt-ve".
    // The names of Cyrillic letters are approximations in this language's spelling, for guests' labels.
    private static LanguageSpeech Norwegian => new()
    {
        Code = "nb",
        TicketStyle = NumberStyle.Number,
        Templates = LanguageSpeech.Places(
            counter: "Nummer {label}, vennligst gå til skranke {place}",
            desk: "Nummer {label}, vennligst gå til bord {place}",
            window: "Nummer {label}, vennligst gå til luke {place}",
            room: "Nummer {label}, vennligst gå til rom {place}"),
        Digits = ["null", "en", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni"],
        OwnLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ",
        OtherLetters = LanguageSpeech.Names("""
            W=dobbelt-ve А=a Б=be В=ve Г=ge Ґ=ge Д=de Е=je Ё=jå Є=je Ж=sje З=se И=i І=i Ї=ji Й=kort_i К=ka Л=ell М=em
            Н=enn О=å П=pe Р=err С=ess Т=te У=o Ф=eff Х=ha Ц=tse Ч=tsje Ш=sja Щ=sjtsja Ъ=hardt_tegn Ы=y
            Ь=bløtt_tegn Э=e Ю=jo Я=ja
            """),
    };
}
