using System.Runtime.CompilerServices;
using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.EndToEnd.Drawing;

/// <summary>
/// Compares a picture with the one that a person has approved. With EDGEQUEUE_APPROVE=1 the drawn one becomes the
/// approved one; look at it before it is committed.
/// </summary>
internal static class GoldenPicture
{
    public static void Check(string name, MonochromeBitmap drawn, [CallerFilePath] string here = "")
    {
        var approved = Path.Combine(Path.GetDirectoryName(here)!, "Golden", name + ".png");
        if (Environment.GetEnvironmentVariable("EDGEQUEUE_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(approved)!);
            File.WriteAllBytes(approved, MonochromePng.Encode(drawn));
            return;
        }

        var golden = MonochromePng.Decode(File.ReadAllBytes(approved));
        if (golden.Width == drawn.Width && golden.Height == drawn.Height && golden.Rows.AsSpan().SequenceEqual(drawn.Rows))
        {
            return;
        }

        var actual = Path.Combine(Path.GetTempPath(), name + ".actual.png");
        File.WriteAllBytes(actual, MonochromePng.Encode(drawn));
        var different = golden.Rows.Zip(drawn.Rows).Sum(pair => int.PopCount(pair.First ^ pair.Second));
        Assert.Fail($"The ticket is not the approved one: {golden.Width}×{golden.Height} approved, {drawn.Width}×{drawn.Height} drawn, " +
            $"{different} dots differ. Compare {actual} with {approved}; other versions of pango, cairo or freetype also draw differently.");
    }
}
