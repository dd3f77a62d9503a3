namespace EdgeQueue.Cloud.Reports.Charts;

/// <summary>A scale from nothing to a round number, with at most five steps of 1, 2 or 5 times a power of ten.</summary>
internal readonly record struct Axis(long Step, int Steps)
{
    public long Top => Step * Steps;

    public static Axis For(long most)
    {
        long step = 1;
        for (long power = 1; step * 5 < most; power *= 10)
        {
            foreach (long factor in (ReadOnlySpan<long>)[1, 2, 5])
            {
                step = factor * power;
                if (step * 5 >= most)
                {
                    break;
                }
            }
        }

        return new(step, (int)Math.Max(1, (most + step - 1) / step));
    }
}
