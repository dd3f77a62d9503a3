namespace EdgeQueue.Core.Announcements;

public static partial class Languages
{
    // Vowel signs are for the synthesiser; figures because it reads the words for them badly. B and P sound alike in
    // Arabic, which has no P: a branch that calls in Arabic should not use both.
    private static LanguageSpeech Arabic => new()
    {
        Code = "ar",
        TicketStyle = NumberStyle.Number,
        Templates = LanguageSpeech.Places(
            counter: "التَّذْكِرَة رَقْم {label}، يُرْجَى التَّوَجُّه إِلَى الكَاوْنْتَر رَقْم {place}",
            desk: "التَّذْكِرَة رَقْم {label}، يُرْجَى التَّوَجُّه إِلَى المَكْتَب رَقْم {place}",
            window: "التَّذْكِرَة رَقْم {label}، يُرْجَى التَّوَجُّه إِلَى الشُّبَّاك رَقْم {place}",
            room: "التَّذْكِرَة رَقْم {label}، يُرْجَى التَّوَجُّه إِلَى الغُرْفَة رَقْم {place}"),
        Digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        OwnLetters = "ابتثجحخدذرزسشصضطظعغفقكلمنهويأ",
        OtherLetters = LanguageSpeech.Names("""
            A=أَيْ B=بِي C=سِي D=دِي E=إِي F=إِفْ G=جِي H=إِتْش I=آي J=جَيْ K=كَيْ L=إِلْ M=إِمْ N=إِنْ O=أُو P=بِي Q=كِيُو
            R=آرْ S=إِسْ T=تِي U=يُو V=فِي W=دَبِلْيُو X=إِكْس Y=وَاي Z=زِد
            """),
        // The engine ends 44, 77, 94, 97 and 99 with a [q] of nowhere when they come as one figure.
        Numbers = new NumberWords(
            ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19"],
            ["", "", "20", "30", "40", "50", "60", "70", "80", "90"],
            ["", "100", "200", "300", "400", "500", "600", "700", "800", "900"]) { And = "و" },
    };
}
