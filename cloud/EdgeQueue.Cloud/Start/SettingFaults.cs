using System.Text.RegularExpressions;

namespace EdgeQueue.Cloud.Start;

/// <summary>All that is wrong with the settings, so that they are mended at once and not one by one.</summary>
public sealed partial class SettingFaults
{
    private readonly List<string> _sentences = [];
    private readonly HashSet<string> _sections = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Sentences => _sentences;

    /// <param name="setting">As in the file, e.g. <c>sms.provider</c>.</param>
    public void Add(string setting, string sentence)
    {
        // Two rooms may read one section.
        if ($"{setting}: {sentence}" is var said && !_sentences.Contains(said))
        {
            _sentences.Add(said);
        }
    }

    /// <summary>The settings of a room. What is of another kind than wanted, or is no setting at all, is a fault; then they are as they are by themselves.</summary>
    /// <param name="section">As in the file, e.g. <c>sms</c>.</param>
    public T Read<T>(IConfiguration settings, string section)
        where T : class, new()
    {
        _sections.Add(section);
        // The binder ends at the first fault of either kind.
        _ = Bind<T>(settings.GetSection(section), strict: true);
        return Bind<T>(settings.GetSection(section), strict: false) ?? new();
    }

    private T? Bind<T>(IConfigurationSection section, bool strict)
        where T : class
    {
        try
        {
            return section.Get<T>(options => options.ErrorOnUnknownConfiguration = strict);
        }
        catch (InvalidOperationException fault) when (OfAnotherKind().Match(fault.Message) is { Success: true } kind)
        {
            string place = string.Join('.', kind.Groups[2].Value.Split(':').Select(name => char.ToLowerInvariant(name[0]) + name[1..]));
            Add(place, $"'{kind.Groups[1].Value}' is not {Words(kind.Groups[3].Value)}.");
        }
        catch (InvalidOperationException fault)
        {
            // The binder names them at the end of its sentence, each in quotes.
            string[] unknown = [.. InQuotes().Matches(fault.Message[(fault.Message.LastIndexOf(':') + 1)..]).Select(m => m.Groups[1].Value)];
            Add(section.Path, unknown.Length == 0 ? fault.Message : $"there is no setting {string.Join(", ", unknown.Select(u => $"'{u}'"))}. The README names those that there are.");
        }

        return null;
    }

    /// <summary>After all rooms have read theirs: a section that nobody wanted is a slip of the pen.</summary>
    /// <param name="typed">Names at the top of the file.</param>
    public void Compare(IEnumerable<string> typed)
    {
        HashSet<string> own = new(typeof(CloudSettings).GetProperties().Select(p => p.Name), StringComparer.OrdinalIgnoreCase);
        foreach (string name in typed.Where(n => !own.Contains(n) && !_sections.Contains(n) && n is not "$schema"))
        {
            Add(name, "there is no such setting. The README names those that there are.");
        }
    }

    private static string Words(string type) => type switch
    {
        "System.Boolean" => "true or false",
        "System.Int32" or "System.Int64" => "a whole number, or too large a one",
        "System.Double" or "System.Decimal" => "a number",
        _ => $"a {type}",
    };

    [GeneratedRegex("value '(.*)' at '(.*)' to type '(.*)'", RegexOptions.Singleline)]
    private static partial Regex OfAnotherKind();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex InQuotes();
}
