using System.Text;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>Which system image this device runs, as the image says itself.</summary>
public static class ImageVersion
{
    /// <summary>Characters; a longer one is cut.</summary>
    public const int Longest = 64;

    private const string UsualFile = "/etc/edgequeue-version";

    /// <summary>Another file than the usual one, for devices that keep it elsewhere.</summary>
    private const string Variable = "EDGEQUEUE_IMAGE_VERSION_FILE";

    /// <returns>The first line; null: the device runs none of our images.</returns>
    public static string? Read() => Read(Environment.GetEnvironmentVariable(Variable) ?? UsualFile);

    public static string? Read(string path)
    {
        byte[] start = new byte[256];
        int length;
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(start, 0, length).Split('\n')[0].Trim();
        return text.Length == 0 ? null : new string([.. text.Where(c => !char.IsControl(c)).Take(Longest)]);
    }
}
