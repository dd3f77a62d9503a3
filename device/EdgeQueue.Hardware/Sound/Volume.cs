namespace EdgeQueue.Hardware.Sound;

/// <summary>
/// Loudness from 0 (silent) to 100 (samples untouched). The amplitude follows the cube, as the common desktop mixers do,
/// so that 50 sounds about half as loud (−18 dB).
/// </summary>
public readonly record struct Volume
{
    public Volume(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        Percent = percent;
    }

    public static Volume Full => new(100);

    public int Percent { get; }

    /// <summary>Scales samples; exact at 100 and 0. Never more than the original, so nothing can overflow.</summary>
    public void Apply(ReadOnlySpan<short> from, Span<short> to)
    {
        // Q30 fixed point: 2^30 × (percent/100)³, rounded to nearest.
        var gain = (((long)Percent * Percent * Percent << 30) + 500_000) / 1_000_000;
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = (short)((from[i] * gain + (1L << 29)) >> 30);
        }
    }
}
