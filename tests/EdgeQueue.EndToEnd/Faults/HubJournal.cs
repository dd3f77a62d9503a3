using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;
using Microsoft.Data.Sqlite;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>What the journal of a hub holds, read by the hub's own commands and, for replies, by SQL: also while it runs.</summary>
internal sealed class HubJournal(string path)
{
    private readonly string _path = path;

    static HubJournal() => SQLitePCL.Batteries_V2.Init();

    /// <summary><c>journal verify</c>: pages, order, and every snapshot against a replay from the first event.</summary>
    public void MustBeSound()
    {
        (int code, string text) = Run("verify", _path);
        Assert.True(code == 0, $"'journal verify' ended with {code}:\n{text}");
        Assert.Contains("sound", text, StringComparison.Ordinal);
    }

    /// <summary>All events with their numbers; the export fails on a gap.</summary>
    public List<(long Seq, Event Event)> Events(long from = 1)
    {
        (int code, string text) = Run("export", _path, "--from", $"{from}");
        Assert.True(code == 0, $"'journal export' ended with {code}:\n{text}");
        var events = new List<(long, Event)>();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            string data = document.RootElement.GetProperty("event").GetRawText();
            Assert.True(JournalJson.TryRead(Encoding.UTF8.GetBytes(data), out Event? read, out string? fault), fault);
            events.Add((document.RootElement.GetProperty("seq").GetInt64(), read));
        }

        return events;
    }

    /// <summary><c>journal replay</c> as JSON: the digest of the state.</summary>
    public string Digest(string until)
    {
        (int code, string text) = Run("replay", _path, "--json", "--until", until);
        Assert.True(code == 0, text);
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("digest").GetString()!;
    }

    public long LastSeq() => Query("select coalesce(max(seq), 0) from journal", row => row.GetInt64(0)).Single();

    /// <summary>The reply that is kept for this command; null: none.</summary>
    public byte[]? Reply(UnitAddress unit, string id) => Query(
        "select reply from command where node = $node and unit = $unit and id = $id", row => (byte[])row.GetValue(0),
        ("$node", unit.Node), ("$unit", unit.Unit), ("$id", id)).SingleOrDefault();

    public (int Code, string Text) Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Executables.Hub, ["journal", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + errors.Result);
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path, Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        var rows = new List<T>();
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
