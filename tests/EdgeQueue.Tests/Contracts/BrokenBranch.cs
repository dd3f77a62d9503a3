using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Contracts;

/// <summary>The example branch with some places changed, and the faults that the loader tells.</summary>
internal sealed partial class BrokenBranch
{
    private readonly JsonNode root = JsonNode.Parse(ExampleBranchTests.Json())!;

    /// <param name="path">JSON path of names and indexes, e.g. <c>$.services[0].prefix</c>.</param>
    /// <param name="json">The new value; null: take the place away.</param>
    public BrokenBranch With(string path, string? json)
    {
        var steps = Step().Matches(path).Select(m => m.Value).ToArray();
        var at = root;
        foreach (var step in steps[..^1])
        {
            at = step[0] == '[' ? at[int.Parse(step[1..^1])]! : at[step[1..]]!;
        }

        var value = json is null ? null : JsonNode.Parse(json);
        switch (steps[^1])
        {
            case ['[', .. var index, ']']:
                at[int.Parse(index)] = value;
                break;
            case var name when json is null:
                at.AsObject().Remove(name[1..]);
                break;
            case var name:
                at[name[1..]] = value;
                break;
        }

        return this;
    }

    public IReadOnlyList<ConfigurationFault> Faults() => FaultsOf(Text());

    /// <summary>The rules of a branch that has no faults after all.</summary>
    public BranchRules Rules()
    {
        BranchConfigurationLoader.TryLoad(Encoding.UTF8.GetBytes(Text()), id => id == "Europe/Oslo", out var branch, out var faults);
        Assert.Empty(faults);
        return branch!.Rules;
    }

    public static IReadOnlyList<ConfigurationFault> FaultsOf(string json)
    {
        BranchConfigurationLoader.TryLoad(Encoding.UTF8.GetBytes(json), id => id == "Europe/Oslo", out var branch, out var faults);
        Assert.True((branch is null) == (faults.Count > 0), "a branch or faults, never both or neither");
        return faults;
    }

    private string Text()
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            root.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    [GeneratedRegex(@"\.[A-Za-z$]+|\[\d+\]")]
    private static partial Regex Step();
}
