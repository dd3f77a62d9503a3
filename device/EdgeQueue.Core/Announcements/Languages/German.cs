namespace EdgeQueue.Core.Announcements;

public static partial class Languages
{
    // The names of Cyrillic letters are approximations in this language's spelling, for guests' labels.
    private static LanguageSpeech German => new()
    {
        Code = "de",
        TicketStyle = NumberStyle.Digits,
        Templates = LanguageSpeech.Places(
            counter: "Nummer {label}, bitte zu Schalter {place}",
            desk: "Nummer {label}, bitte zu Platz {place}",
            window: "Nummer {label}, bitte zu Schalter {place}",
            room: "Nummer {label}, bitte in Raum {place}"),
        Digits = ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"],
        OwnLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ",
        OtherLetters = LanguageSpeech.Names("""
            А=ah Б=beh В=weh Г=geh Ґ=geh Д=deh Е=jeh Ё=joh Є=jeh Ж=scheh З=seh И=ih І=ih Ї=jih Й=kurzes_ih
            К=kah Л=ell М=emm Н=enn О=oh П=peh Р=err С=ess Т=teh У=uh Ф=eff Х=chah Ц=zeh Ч=tscheh Ш=schah
            Щ=schtschah Ъ=hartes_Zeichen Ы=ü Ь=weiches_Zeichen Э=äh Ю=juh Я=jah
            """),
    };
}
