namespace EdgeQueue.Core.Announcements;

public static partial class Languages
{
    // The names of Cyrillic letters are approximations in this language's spelling, for guests' labels.
    private static LanguageSpeech English => new()
    {
        Code = "en",
        TicketStyle = NumberStyle.Digits,
        Templates = LanguageSpeech.Places(
            counter: "Ticket {label}, please go to counter {place}",
            desk: "Ticket {label}, please go to desk {place}",
            window: "Ticket {label}, please go to window {place}",
            room: "Ticket {label}, please go to room {place}"),
        Digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        OwnLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        OtherLetters = LanguageSpeech.Names("""
            А=ah Б=beh В=veh Г=gheh Ґ=gheh Д=deh Е=yeh Ё=yaw Є=yeh Ж=zheh З=zeh И=ee І=ee Ї=yee Й=short_ee
            К=kah Л=ell М=em Н=en О=oh П=peh Р=air С=ess Т=teh У=oo Ф=eff Х=hah Ц=tseh Ч=cheh Ш=shah Щ=shchah
            Ъ=hard_sign Ы=ih Ь=soft_sign Э=eh Ю=you Я=yah
            """),
    };
}
