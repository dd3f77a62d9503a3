using Microsoft.Net.Http.Headers;

namespace EdgeQueue.Cloud.Web;

/// <summary>
/// In which character encodings a body may come. UTF-8, and the two that older programs name for the same letters; every other one is refused for
/// all routes at once, before anything reads the body: .NET throws at some of them (UTF-7), and at names that nobody knows.
/// </summary>
internal static class BodyText
{
    public const string Sentence = "It is written in an encoding that is not taken here. Send it in UTF-8.";

    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase) { "utf-8", "us-ascii", "iso-8859-1" };

    /// <param name="contentType">The header; null or none that can be read: whoever reads the body decides by the kind.</param>
    /// <returns>False: it names a charset that is not taken.</returns>
    public static bool CanRead(string? contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        || type.Parameters.Where(p => p.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)).All(p => Taken.Contains(HeaderUtilities.RemoveQuotes(p.Value).ToString()));
}
