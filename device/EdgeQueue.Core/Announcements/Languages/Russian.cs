namespace EdgeQueue.Core.Announcements;

public static partial class Languages
{
    private static LanguageSpeech Russian => new()
    {
        Code = "ru",
        TicketStyle = NumberStyle.Number,
        // No "к": the engine says it as the letter's name, "ка окну".
        Templates = LanguageSpeech.Places(
            counter: "Талон {label}, стойка номер {place}",
            desk: "Талон {label}, стол номер {place}",
            window: "Талон {label}, окно номер {place}",
            room: "Талон {label}, пройдите в кабинет номер {place}"),
        Digits = ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"],
        OwnLetters = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
        OtherLetters = LanguageSpeech.Names("""
            A=а B=бэ C=цэ D=дэ E=е F=эф G=жэ H=аш I=и J=йот K=ка L=эль M=эм N=эн O=о P=пэ Q=ку R=эр S=эс T=тэ
            U=у V=вэ W=дубль-вэ X=икс Y=игрек Z=зэт І=и_десятеричное Ї=йи Є=йе Ґ=гэ
            """),
        // The figure 7 comes out as [sʲejm], the word as [sʲemʲ]; but the word "сорок" is stressed on the wrong syllable.
        Numbers = new NumberWords(
            ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять",
             "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать", "семнадцать",
             "восемнадцать", "девятнадцать"],
            ["", "", "двадцать", "тридцать", "40", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"],
            ["", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"]),
    };
}
