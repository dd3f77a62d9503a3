using System.ComponentModel;
using System.Diagnostics;
using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.EndToEnd.Drawing;

/// <summary>Reads a QR code with a decoder of somebody else (ZBar).</summary>
internal static class QrCode
{
    /// <summary>The text; empty when there is no code.</summary>
    public static string Read(MonochromeBitmap picture)
    {
        var path = Path.Combine(Path.GetTempPath(), $"eq-ticket-{Guid.NewGuid():N}.png");
        File.WriteAllBytes(path, MonochromePng.Encode(picture));
        try
        {
            using var zbar = Process.Start(new ProcessStartInfo("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = System.Text.Encoding.UTF8,
            })!;
            var text = zbar.StandardOutput.ReadToEnd();
            zbar.WaitForExit();
            return text.TrimEnd('\n');
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("This test reads the QR code with zbarimg, which is not installed. Install the package zbar-tools.");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
