using System.Globalization;

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
            File.WriteAllText(file, on ? Largest(file) : "0");
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

    private static string Largest(string brightness)
    {
        var beside = Path.Combine(Path.GetDirectoryName(brightness) ?? ".", "max_brightness");
        return File.Exists(beside) && int.TryParse(File.ReadAllText(beside), CultureInfo.InvariantCulture, out var most)
            ? most.ToString(CultureInfo.InvariantCulture)
            : "1";
    }
}
