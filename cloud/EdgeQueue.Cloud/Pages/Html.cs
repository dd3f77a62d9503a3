using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace EdgeQueue.Cloud.Pages;

/// <summary>
/// A piece of a page. It is made from an interpolated string, and whatever stands between its braces is encoded unless it is a
/// piece of a page itself: a name with <c>&lt;</c> in it stays a name. <c>Html.Of($"&lt;p&gt;{name}&lt;/p&gt;")</c>
/// </summary>
public readonly struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    public static Html Empty => default;

    public static Html Of(HtmlText text) => new(text.ToStringAndClear());

    /// <summary>A value as text.</summary>
    public static Html Text(string? text) => new(WebUtility.HtmlEncode(text ?? ""));

    /// <summary>One after the other.</summary>
    public static Html All(IEnumerable<Html> parts) => new(string.Concat(parts.Select(p => p._text)));

    /// <summary>A part when it is so, else nothing.</summary>
    public static Html When(bool so, HtmlText text)
    {
        string made = text.ToStringAndClear();
        return so ? new(made) : Empty;
    }

    public override string ToString() => _text ?? "";
}

/// <summary>What the compiler calls for <c>Html.Of($"…")</c>.</summary>
[InterpolatedStringHandler]
public readonly struct HtmlText(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted(Html part) => _text.Append(part.ToString());

    public void AppendFormatted(IEnumerable<Html> parts)
    {
        foreach (Html part in parts)
        {
            _text.Append(part.ToString());
        }
    }

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format)
    {
        if (value is IEnumerable<Html> parts)
        {
            // A list of pieces: to the compiler this method fits it better than the one for any row of pieces.
            AppendFormatted(parts);
            return;
        }

        _text.Append(WebUtility.HtmlEncode(value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString()));
    }

    public string ToStringAndClear() => _text.ToString();
}
