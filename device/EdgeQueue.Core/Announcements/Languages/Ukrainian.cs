namespace EdgeQueue.Core.Announcements;

public static partial class Languages
{
    // Figures, not words: as words the engine stresses "один" on the wrong syllable and reduces "чотири" as in Russian.
    // Г has its name in the table because the engine calls it [ɡɛ], which is Ґ; and Щ [ɕja].
    private static LanguageSpeech Ukrainian => new()
    {
        Code = "uk",
        TicketStyle = NumberStyle.Number,
        Templates = LanguageSpeech.Places(
            counter: "Талон {label}, пройдіть до стійки номер {place}",
            desk: "Талон {label}, пройдіть до столу номер {place}",
            window: "Талон {label}, пройдіть до вікна номер {place}",
            room: "Талон {label}, пройдіть до кабінету номер {place}"),
        Digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        OwnLetters = "АБВҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЬЮЯ",
        OtherLetters = LanguageSpeech.Names("""
            Г=ге Щ=штша A=а B=бе C=це D=де E=е F=еф G=ґе H=аш I=і J=йот K=ка L=ель M=ем N=ен O=о P=пе Q=ку R=ер S=ес T=те
            U=у V=ве W=дубль-ве X=ікс Y=ігрек Z=зет Ё=йо Ъ=твердий_знак Ы=и Э=е
            """),
    };
}
