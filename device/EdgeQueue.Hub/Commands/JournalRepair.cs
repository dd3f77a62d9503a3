using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;
using Microsoft.Data.Sqlite;

namespace EdgeQueue.Hub.Commands;

/// <summary>
/// <c>journal repair</c>: a whole journal up to the first fault is worth more than a longer one with a hole, because every
/// event stands on the ones before it. The new file keeps the old identity, so a hub that is given it notices that nodes
/// have seen more, and gives no number until it is forked.
/// </summary>
internal static class JournalRepair
{
    private const int RowsPerCommit = 5_000;

    /// <summary>A hub refuses a journal of another branch: a repair that was cut short is not taken for a journal.</summary>
    private const string Unfinished = "unfinished-repair";

    public static int Run(string path, string to, string? branch, ForkWords words, TextWriter output)
    {
        using FileStream fence = SqliteJournal.Fence(path);
        if (OpenSomehow(path, branch, words, output, out bool nameless) is not { } opened)
        {
            return ExitCode.Usage;
        }

        using JournalReader reader = opened;
        int saved = Save(reader, to, nameless, output);
        if (!nameless)
        {
            return saved;
        }

        int forked = JournalFork.Run(to, words with { Seen = null, DryRun = false }, output, branch);
        if (forked != ExitCode.Fine)
        {
            foreach (string made in new[] { to, to + "-wal", to + "-shm", to + ".lock" })
            {
                File.Delete(made);
            }

            Console.Error.WriteLine($"{to} was removed again: without the fork it would give numbers a second time.");
            return forked;
        }

        return saved;
    }

    private static int Save(JournalReader reader, string to, bool nameless, TextWriter output)
    {
        JournalFile.Create(to, nameless ? Unfinished : reader.Meta["branch"], reader.Meta["journal"], reader.Meta.GetValueOrDefault("parent"));
        using SqliteJournal saved = SqliteJournal.Open(to);
        var batch = new JournalBatch();
        foreach ((string name, string value) in reader.Meta.Where(m => m.Key is "time" or "ancestors" or "revision" or JournalFile.SourcesSince))
        {
            batch.Meta[name] = value;
        }

        string? fault = Events(reader, saved, ref batch);
        saved.Commit(batch);
        long reached = saved.Last().Seq;
        if (nameless || reader.SourcesSince is null)
        {
            var since = new JournalBatch();
            since.Meta[JournalFile.SourcesSince] = (reached + 1).ToString(CultureInfo.InvariantCulture);
            saved.Commit(since);
        }

        string? answers = Answers(reader, saved, reached);

        output.WriteLine($"saved {reached} events into {to}");
        output.WriteLine(fault is null ? "no event is damaged" : $"stopped there: {fault}");
        output.WriteLine(answers is null ? "all kept answers are saved" : $"answers to commands could not all be saved: {answers}");
        if (fault is not null && !nameless)
        {
            output.WriteLine($"LOST: everything after event {reached}. Before the hub uses the new file:");
            output.WriteLine($"  edgequeue journal fork {to} --seen {reader.Meta["journal"]}:EVENT   (EVENT: the highest that a node or the cloud has seen)");
        }

        return fault is null && answers is null ? ExitCode.Fine : ExitCode.Wrong;
    }

    /// <param name="nameless">Its identity cannot be read: nobody's position will tell that events are missing, so it is forked here.</param>
    private static JournalReader? OpenSomehow(string path, string? branch, ForkWords words, TextWriter output, out bool nameless)
    {
        nameless = false;
        try
        {
            return JournalReader.Open(path);
        }
        catch (JournalException e) when (File.Exists(path) && branch is not null)
        {
            if (!words.SaysHowMany)
            {
                Console.Error.WriteLine(
                    $"Whose journal it is cannot be read ({e.Message}). The new file gets a new identity, so no node can notice that events are missing: "
                    + "say how many may have been lost, --skip N, or the highest label of each prefix on paper, --last A057 --last C012. Nothing was written.");
                return null;
            }

            nameless = true;
            output.WriteLine($"whose journal it is cannot be read ({e.Message}); it gets a new identity");
            return JournalReader.OpenDamaged(path, new JournalIdentity(JournalFile.NewId(), branch));
        }
    }

    private static string? Events(JournalReader reader, SqliteJournal saved, ref JournalBatch batch)
    {
        JournalBatch filling = batch;
        string? fault = null;
        long last = 0;
        try
        {
            foreach (JournalRow row in reader.Rows())
            {
                if (row.Seq != last + 1)
                {
                    fault = $"event {last + 1} is missing";
                    break;
                }

                Event happened = EventJson.Read(row.Type, row.Data);
                filling.Events.Add(row with { Visit = EventVisit.Of(happened) });
                last = row.Seq;
                if (filling.Events.Count == RowsPerCommit)
                {
                    saved.Commit(filling);
                    filling = new JournalBatch();
                }
            }
        }
        catch (Exception e) when (e is JournalException or System.Text.Json.JsonException)
        {
            fault = $"event {last + 1} cannot be read: {e.Message}";
        }

        batch = filling;
        return fault;
    }

    private static string? Answers(JournalReader reader, SqliteJournal saved, long reached)
    {
        var batch = new JournalBatch();
        try
        {
            // An answer that stands on a lost event is a promise nobody can keep.
            foreach (CommandRow row in reader.Commands().Where(c => c.Seq <= reached))
            {
                batch.Commands.Add(row);
                if (batch.Commands.Count == RowsPerCommit)
                {
                    saved.Commit(batch);
                    batch = new JournalBatch();
                }
            }
        }
        catch (SqliteException e)
        {
            saved.Commit(batch);
            return e.Message;
        }

        saved.Commit(batch);
        return null;
    }
}
