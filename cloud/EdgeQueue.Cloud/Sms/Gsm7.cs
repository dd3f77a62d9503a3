namespace EdgeQueue.Cloud.Sms;

/// <summary>The GSM 7 bit default alphabet and its extension: 3GPP TS 23.038 §6.2.1 and §6.2.1.1.</summary>
internal static class Gsm7
{
    /// <summary>§6.2.1, by position; 0x1B is the escape to the extension and no character.</summary>
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>§6.2.1.1: each takes two septets, the escape and its own.</summary>
    private const string Extension = "\f^{}\\[~]|€";

    private static readonly HashSet<char> One = [.. Basic.Where(c => c != '\u001B')];

    /// <returns>Septets: 1, 2, or 0 for a character that the alphabet does not have.</returns>
    public static int SeptetsOf(char character) => One.Contains(character) ? 1 : Extension.Contains(character, StringComparison.Ordinal) ? 2 : 0;

    public static bool CanWrite(string text) => text.All(c => SeptetsOf(c) > 0);
}
