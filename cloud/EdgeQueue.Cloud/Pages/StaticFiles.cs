using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace EdgeQueue.Cloud.Pages;

/// <summary>Links to the files of <c>wwwroot</c>: with a part of their hash, so that browsers may keep them for a year and still see a new one at once.</summary>
public sealed class StaticFiles(IWebHostEnvironment environment)
{
    private readonly ConcurrentDictionary<string, string> _links = new(StringComparer.Ordinal);

    /// <param name="file">Below <c>wwwroot</c>, e.g. <c>site.css</c>.</param>
    public string Link(string file) => _links.GetOrAdd(file, name =>
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(environment.WebRootPath, name));
        return $"/{name}?v={Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}";
    });
}
