using System.Globalization;
using System.Text;

namespace EdgeQueue.Hardware.Leds;

/// <summary>
/// A lamp of the kernel's LED class (Documentation/leds/leds-class.rst): <c>/sys/class/leds/NAME</c>, or its
/// <c>brightness</c> file, or any file that plays one.
/// </summary>
public sealed class LedClassLamp : ILamp
{
    private readonly string path;

    /// <param name="path">The LED's folder or its brightness file.</param>
    public LedClassLamp(string path) => this.path = path;

    /// <summary>Writes the LED's largest brightness (<c>max_brightness</c> beside it; 1 without that file) or 0.</summary>
    public void Light(bool on)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "brightness") : path;
        try
        {
            Write(file, on ? Largest(file) : "0");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(path, $"cannot set the lamp: {refused.Message}");
        }
    }

    public void Dispose()
    {
        // Nothing is kept open.
    }

    /// <summary>Over what is there, and cut only where it is longer: whoever watches a file that plays a lamp never sees it empty.</summary>
    private static void Write(string file, string brightness)
    {
        using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(Encoding.ASCII.GetBytes(brightness));
        if (stream.CanSeek && stream.Length > brightness.Length)
        {
            stream.SetLength(brightness.Length);
        }
    }

    private static string Largest(string brightness)
    {
        var beside = Path.Combine(Path.GetDirectoryName(brightness) ?? ".", "max_brightness");
        return File.Exists(beside) && int.TryParse(File.ReadAllText(beside), CultureInfo.InvariantCulture, out var most)
            ? Math.Max(1, most).ToString(CultureInfo.InvariantCulture)
            : "1";
    }
}
