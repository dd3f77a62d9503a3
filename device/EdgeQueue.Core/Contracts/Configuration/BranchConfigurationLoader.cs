using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using EdgeQueue.Core.Contracts.Configuration.Checks;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>Reads a branch's JSON file and tells all its faults at once. Pure: bytes in, no file is opened.</summary>
public static class BranchConfigurationLoader
{
    /// <summary>Largest file, bytes.</summary>
    public const int MaximumLength = 1024 * 1024;

    internal const int MaximumDepth = 16;

    private static readonly Lazy<JsonDocument> Parsed = new(() => JsonDocument.Parse(Schema().ToArray()));

    /// <summary>The JSON Schema (2020-12) of the file, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Schema()
    {
        using var resource = typeof(BranchConfigurationLoader).Assembly.GetManifestResourceStream("branch.schema.json")
            ?? throw new InvalidOperationException("branch.schema.json is not in the assembly.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }

    /// <param name="utf8">The file.</param>
    /// <param name="knowsTimeZone">
    /// Whether this machine knows the IANA time zone: the list is files, which this does not read. In the shell:
    /// <c>id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _)</c>.
    /// </param>
    /// <param name="faults">In the order of the file; empty when there is a branch.</param>
    public static bool TryLoad(
        ReadOnlyMemory<byte> utf8,
        Predicate<string> knowsTimeZone,
        [NotNullWhen(true)] out LoadedBranch? branch,
        out IReadOnlyList<ConfigurationFault> faults)
    {
        branch = null;
        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..]; // the byte order mark of an editor on Windows (RFC 8259 §8.1: a reader may ignore it)
        }

        if (Syntax(utf8, out var lines) is { } syntax)
        {
            faults = [syntax];
            return false;
        }

        using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaximumDepth });
        var found = Check(new ConfigurationElement("$", document.RootElement), knowsTimeZone, lines!);
        if (found.Count == 0)
        {
            branch = ConfigurationJson.TryRead<BranchConfiguration>(utf8.Span, out var configuration, out var fault)
                ? new LoadedBranch(configuration)
                : throw new InvalidOperationException($"branch.schema.json allows what BranchConfiguration does not: {fault}");
        }

        faults = found;
        return branch is not null;
    }

    private static List<ConfigurationFault> Check(ConfigurationElement root, Predicate<string> knowsTimeZone, ConfigurationLines lines)
    {
        var faults = new List<ConfigurationFault>();
        void Fault(string path, string sentence) => faults.Add(new ConfigurationFault(path, lines.Of(path), sentence));

        new JsonShape(Parsed.Value.RootElement, Fault).Check(root);
        var branch = new BranchUnderCheck(root, Fault, faults.Select(f => f.Path).ToHashSet());
        TextChecks.Run(branch);
        NameChecks.Run(branch);
        OperatorChecks.Run(branch);
        TimeChecks.Run(branch, knowsTimeZone);
        VisitChecks.Run(branch);
        AdmissionChecks.Run(branch);
        CallingChecks.Run(branch);
        ServingChecks.Run(branch);
        LanguageChecks.Run(branch);
        LabelChecks.Run(branch);
        DeviceChecks.Run(branch);
        KeypadChecks.Run(branch);
        DeskChecks.Run(branch);
        ButtonChecks.Run(branch);
        return [.. faults.Distinct().OrderBy(f => f.Line)]; // a stable sort: the checks' own order within a line
    }

    private static ConfigurationFault? Syntax(ReadOnlyMemory<byte> utf8, out ConfigurationLines? lines)
    {
        lines = null;
        if (utf8.Length > MaximumLength)
        {
            return new ConfigurationFault("$", 1, $"The file is too large: at most {MaximumLength} bytes are read.");
        }

        try
        {
            lines = new ConfigurationLines(utf8.Span);
            return null;
        }
        catch (JsonException broken)
        {
            var line = (int)(broken.LineNumber ?? 0) + 1;
            return new ConfigurationFault(
                broken.Path ?? "$", line, $"This is not JSON, at line {line}, column {Column(utf8.Span, line, (int)(broken.BytePositionInLine ?? 0))}: {JsonWords.Of(broken)}");
        }
    }

    /// <summary>In characters, as editors count; the reader counts bytes.</summary>
    private static int Column(ReadOnlySpan<byte> utf8, int line, int bytes)
    {
        for (; line > 1 && utf8.IndexOf((byte)'\n') is >= 0 and var end; line--)
        {
            utf8 = utf8[(end + 1)..];
        }

        return Encoding.UTF8.GetCharCount(utf8[..Math.Min(bytes, utf8.Length)]) + 1;
    }
}
