using Microsoft.Playwright;

namespace EdgeQueue.EndToEnd.Support;

/// <summary>Where pictures of pages go, to be looked at: <c>artifacts/pictures</c>, or where the variable EDGEQUEUE_PICTURES says.</summary>
internal static class Pictures
{
    public static string Folder => Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("EDGEQUEUE_PICTURES") ?? Path.Combine(Executables.Root(), "artifacts", "pictures")).FullName;

    /// <summary>The whole page, as <c>name.png</c>.</summary>
    public static Task<byte[]> TakeAsync(IPage page, string name) => page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), FullPage = true });
}
