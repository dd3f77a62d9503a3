using System.Runtime.InteropServices;

namespace EdgeQueue.Node.Drawing;

/// <summary>
/// The fonts beside the executable, and no others: whatever a machine has installed, a ticket is drawn with the same
/// outlines, so that pictures can be compared byte by byte and no script is suddenly missing.
/// </summary>
internal static partial class OwnFonts
{
    /// <summary>
    /// First choice, then for what it lacks. Noto Sans: Latin, Greek, Cyrillic; Noto Naskh Arabic: Arabic, Persian, Urdu. What both lack
    /// is looked for in every other font of the folder, so a further script is a further file there.
    /// </summary>
    public const string Families = "Noto Sans, Noto Naskh Arabic";

    private static readonly string Configuration = Path.Combine(AppContext.BaseDirectory, "assets", "fonts", "fonts.conf");

    /// <summary>
    /// To be called before the first text is drawn: fontconfig reads its environment once. The C library's setenv,
    /// because .NET keeps an environment of its own that native libraries do not see.
    /// </summary>
    /// <exception cref="DrawingUnavailableException">The fonts are not beside the executable.</exception>
    public static void Use()
    {
        if (!File.Exists(Configuration))
        {
            throw new DrawingUnavailableException($"The fonts are missing: {Configuration}. Copy the folder \"assets\" beside the executable; it is part of the release.");
        }

        _ = SetEnvironment("FONTCONFIG_FILE", Configuration, 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
