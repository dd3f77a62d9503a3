namespace EdgeQueue.Core.Announcements;

public static partial class Languages
{
    // The names of Cyrillic letters are approximations in this language's spelling, for guests' labels.
    private static LanguageSpeech French => new()
    {
        Code = "fr",
        TicketStyle = NumberStyle.Number,
        Templates = LanguageSpeech.Places(
            counter: "Ticket {label}, veuillez vous présenter au comptoir {place}",
            desk: "Ticket {label}, veuillez vous présenter au bureau {place}",
            window: "Ticket {label}, veuillez vous présenter au guichet {place}",
            room: "Ticket {label}, veuillez vous présenter en salle {place}"),
        Digits = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
        OwnLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        OtherLetters = LanguageSpeech.Names("""
            А=a Б=bé В=vé Г=gué Ґ=gué Д=dé Е=yé Ё=yo Є=yé Ж=jé З=zé И=i І=i Ї=yi Й=i_bref К=ka Л=elle М=emme
            Н=enne О=o П=pé Р=erre С=esse Т=té У=ou Ф=effe Х=kha Ц=tsé Ч=tché Ш=cha Щ=chtcha Ъ=signe_dur
            Ы=i_dur Ь=signe_mou Э=è Ю=you Я=ya
            """),
    };
}
