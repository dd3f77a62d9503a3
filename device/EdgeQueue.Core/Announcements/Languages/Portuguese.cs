namespace EdgeQueue.Core.Announcements;

public static partial class Languages
{
    // The names of Cyrillic letters are approximations in this language's spelling, for guests' labels.
    private static LanguageSpeech Portuguese => new()
    {
        Code = "pt",
        TicketStyle = NumberStyle.Number,
        Templates = LanguageSpeech.Places(
            counter: "Senha {label}, dirija-se ao balcão {place}",
            desk: "Senha {label}, dirija-se à mesa {place}",
            window: "Senha {label}, dirija-se ao guiché {place}",
            room: "Senha {label}, dirija-se à sala {place}"),
        Digits = ["zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"],
        OwnLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        OtherLetters = LanguageSpeech.Names("""
            А=á Б=bê В=vê Г=guê Ґ=guê Д=dê Е=iê Ё=ió Є=iê Ж=jê З=zê И=i І=i Ї=ii Й=i_breve К=ká Л=éle М=éme
            Н=éne О=ó П=pê Р=érre С=ésse Т=tê У=u Ф=éfe Х=rá Ц=tsê Ч=tchê Ш=chá Щ=chtchá Ъ=sinal_duro Ы=i_duro
            Ь=sinal_brando Э=é Ю=iú Я=iá
            """),
    };
}
