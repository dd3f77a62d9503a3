using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Cloud.Storage;

/// <summary>One numbered file of <c>Storage/Migrations</c>, as embedded.</summary>
/// <param name="Number">From the file's name, <c>0012-name.sql</c>.</param>
/// <param name="Hash">Of the file, to notice one that was changed after it had been applied somewhere.</param>
public sealed record Migration(long Number, string Name, string Text, string Hash)
{
    /// <summary>All of this program, by number.</summary>
    public static IReadOnlyList<Migration> All { get; } = [.. Load().OrderBy(m => m.Number)];

    /// <summary>
    /// What one database gets: lines between <c>-- only NAME</c> and <c>-- end</c> are for that one alone, and <c>IDENTITY_KEY</c> is
    /// what each calls a number that it counts up.
    /// </summary>
    public string For(Dialect dialect)
    {
        var text = new StringBuilder();
        string? only = null;
        foreach (string line in Text.Split('\n'))
        {
            if (line.StartsWith("-- only ", StringComparison.Ordinal))
            {
                only = line["-- only ".Length..].Trim();
            }
            else if (line.StartsWith("-- end", StringComparison.Ordinal))
            {
                only = null;
            }
            else if (only is null || only == dialect.Name)
            {
                text.Append(line).Append('\n');
            }
        }

        return text.Replace("IDENTITY_KEY", dialect.IdentityKey).ToString();
    }

    private static IEnumerable<Migration> Load()
    {
        Assembly assembly = typeof(Migration).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Migrations/", StringComparison.Ordinal)))
        {
            string name = Path.GetFileNameWithoutExtension(resource["Migrations/".Length..]);
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            string text = reader.ReadToEnd();
            yield return new(
                long.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture), name, text,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        }
    }
}
