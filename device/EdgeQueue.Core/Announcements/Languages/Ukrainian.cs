namespace EdgeQueue.Core.Announcements;

public static partial class Languages
{
    // Figures for 1 to 9: as words the engine stresses "один" on the wrong syllable and reduces "чотири" as in Russian.
    // Г has its name in the table because the engine calls it [ɡɛ], which is Ґ; and Щ [ɕja].
    private static LanguageSpeech Ukrainian => new()
    {
        Code = "uk",
        TicketStyle = NumberStyle.Number,
        // Words that the engine stresses as people do; пройдіть, вікно and кабінету it does not. Талон, the word on the paper and the screens,
        // it stresses on the first syllable: with a soft hyphen on both, which is the nearest that it can (SoftHyphen).
        Templates = LanguageSpeech.Places(
            counter: "Та\u00ADлон {label}, стійка номер {place}",
            desk: "Та\u00ADлон {label}, стіл номер {place}",
            window: "Та\u00ADлон {label}, віконце номер {place}",
            room: "Та\u00ADлон {label}, кабінет номер {place}"),
        Digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        OwnLetters = "АБВҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЬЮЯ",
        OtherLetters = LanguageSpeech.Names("""
            Г=ге Щ=штша A=а B=бе C=це D=де E=е F=еф G=ґе H=аш I=і J=йот K=ка L=ель M=ем N=ен O=о P=пе Q=ку R=ер S=ес T=те
            U=у V=ве W=дубль-ве X=ікс Y=ігрек Z=зет Ё=йо Ъ=твердий_знак Ы=и Э=е
            """),
        // Figures 11, 12, 14, 70, 80, 200, 400, 500, 600 and 800 come out with the stress of no Ukrainian or in Russian; as words
        // 40, 50, 60, 90, 900 do. 80 is right only as two words, "вісім десят": as one, it is stressed on the last syllable but one.
        Numbers = new NumberWords(
            ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10",
             "одинадцять", "дванадцять", "13", "чотирнадцять", "15", "16", "17", "18", "19"],
            ["", "", "двадцять", "тридцять", "40", "50", "60", "сімдесят", "вісім десят", "90"],
            ["", "сто", "двісті", "триста", "чотириста", "п'ятсот", "шістсот", "сімсот", "вісімсот", "900"]),
    };
}
