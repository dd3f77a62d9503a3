using System.Globalization;

namespace EdgeQueue.Cloud.Pages;

/// <summary>A number and its word in English: one case, two cases.</summary>
internal static class Counted
{
    public static string Of(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
