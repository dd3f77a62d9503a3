namespace EdgeQueue.Cloud.Sms;

/// <summary>How a text goes: in the GSM alphabet when it can, else in UCS-2 (3GPP TS 23.038), and in how many messages it is paid.</summary>
/// <param name="Units">Septets, or 16-bit units.</param>
/// <param name="Parts">
/// 140 octets hold 160 septets or 70 units; of a longer text each part gives 6 octets to the header that joins them (TS 23.040 §9.2.3.24.1), so 153 or 67.
/// An escaped character and a surrogate pair are never torn apart.
/// </param>
internal readonly record struct SmsLength(bool IsGsm7, int Units, int Parts)
{
    private const int GsmAlone = 160;
    private const int GsmPart = 153;
    private const int UcsAlone = 70;
    private const int UcsPart = 67;

    public static SmsLength Of(string text) => Gsm7.CanWrite(text)
        ? Count(true, text.Select(Gsm7.SeptetsOf), GsmAlone, GsmPart)
        : Count(false, text.EnumerateRunes().Select(r => r.Utf16SequenceLength), UcsAlone, UcsPart);

    private static SmsLength Count(bool gsm, IEnumerable<int> sizes, int alone, int part)
    {
        int units = 0;
        int parts = 1;
        int filled = 0;
        foreach (int size in sizes)
        {
            units += size;
            if (filled + size > part)
            {
                parts++;
                filled = 0;
            }

            filled += size;
        }

        return new(gsm, units, units <= alone ? 1 : parts);
    }
}
