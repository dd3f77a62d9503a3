using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

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
        // A typing error in the name of a disk must not make a folder on another one.
        if (Path.GetDirectoryName(Path.GetFullPath(to)) is { } folder && !Directory.Exists(folder))
        {
            Console.Error.WriteLine($"There is no folder {folder}. Make it first, if it is the right one. Nothing was written.");
            return ExitCode.Usage;
        }

        using FileStream fence = SqliteJournal.Fence(path);
        if (OpenSomehow(path, branch, words, output, out bool nameless) is not { } opened)
        {
            return ExitCode.Usage;
        }

        using JournalReader reader = opened;
        int saved = Save(reader, to, nameless, output);
        if (!nameless || saved == ExitCode.Journal)
        {
            return saved;
        }

        int forked = JournalFork.Run(to, words with { Seen = null, DryRun = false }, output, branch);
        if (forked != ExitCode.Fine)
        {
            Remove(to);
            Console.Error.WriteLine($"{to} was removed again: without the fork it would give numbers a second time.");
            return forked;
        }

        return saved;
    }

    private static void Remove(string journal)
    {
        foreach (string made in new[] { journal, journal + "-wal", journal + "-shm", journal + ".lock" })
        {
            File.Delete(made);
        }
    }

    private static int Save(JournalReader reader, string to, bool nameless, TextWriter output)
    {
        long reached;
        string? fault, answers;
        (int put, int cut) = (0, 0);
        JournalFile.Create(to, nameless ? Unfinished : reader.Meta["branch"], reader.Meta["journal"], reader.Meta.GetValueOrDefault("parent"));
        using (SqliteJournal saved = SqliteJournal.Open(to))
        {
            reached = Fill(saved, reader, nameless, out fault, out put, out cut);
            answers = reached == 0 ? null : Answers(reader, saved, reached);
        }

        if (reached == 0 && (fault is not null || nameless))
        {
            Remove(to);
            Console.Error.WriteLine(
                $"Not one event can be read ({fault ?? "there is none"}). {to} was not made. Bring a backup of the journal back and fork it "
                + "('edgequeue journal fork --help'); if there is none, make an empty one with 'edgequeue-hub init' and fork that with the highest labels on paper, --last A057.");
            return ExitCode.Journal;
        }

        output.WriteLine($"saved {reached} events into {to}");
        if (put > 0)
        {
            output.WriteLine($"events filed under another time than their own, put right: {put}");
        }

        if (cut > 0)
        {
            output.WriteLine($"events with a damaged part that changes no queue (such as why somebody was called), saved without it: {cut}");
        }

        output.WriteLine(fault is null ? "no event is damaged" : $"stopped there: {fault}");
        output.WriteLine(answers is null ? "all kept answers are saved" : $"answers to commands could not all be saved: {answers}. A command whose answer is gone is decided anew when its node repeats it.");
        if (fault is not null && !nameless)
        {
            output.WriteLine($"LOST: everything after event {reached}. Before the hub uses the new file:");
            output.WriteLine($"  edgequeue journal fork {to} --seen {reader.Meta["journal"]}:EVENT   (EVENT: the highest that a node or the cloud has seen)");
        }

        return fault is null && answers is null ? ExitCode.Fine : ExitCode.Wrong;
    }

    /// <param name="put">Events whose time in the row was put right.</param>
    /// <param name="cut">Events of which a part that changes no state could not be read.</param>
    /// <returns>The last event that was saved.</returns>
    private static long Fill(SqliteJournal saved, JournalReader reader, bool nameless, out string? fault, out int put, out int cut)
    {
        var batch = new JournalBatch();
        foreach ((string name, string value) in reader.Meta.Where(m => m.Key is "time" or "ancestors" or "revision" or Starts.Name or JournalFile.SourcesSince))
        {
            batch.Meta[name] = value;
        }

        fault = Events(reader, saved, ref batch, out put, out cut);
        saved.Commit(batch);
        long reached = saved.Last().Seq;
        if (nameless || reader.SourcesSince is null)
        {
            var since = new JournalBatch();
            since.Meta[JournalFile.SourcesSince] = (reached + 1).ToString(CultureInfo.InvariantCulture);
            saved.Commit(since);
        }

        return reached;
    }

    /// <param name="nameless">Its identity cannot be read: nobody's position will tell that events are missing, so it is forked here.</param>
    private static JournalReader? OpenSomehow(string path, string? branch, ForkWords words, TextWriter output, out bool nameless)
    {
        nameless = false;
        try
        {
            return JournalReader.Open(path);
        }
        catch (JournalException e) when (File.Exists(path) && e.InnerException is not null && branch is null)
        {
            throw new JournalException(
                $"Not even whose journal '{path}' is can be read: {e.InnerException.Message} Bring a backup back and fork it ('edgequeue journal fork --help'). "
                + "Without one, --branch-name NAME --skip N (or --last A057 for each prefix) saves the events that can still be read under a new identity. Nothing was written.",
                e);
        }
        catch (JournalException e) when (File.Exists(path) && branch is not null)
        {
            string why = e.InnerException?.Message ?? e.Message;
            if (!words.SaysHowMany)
            {
                Console.Error.WriteLine(
                    $"Whose journal it is cannot be read ({why}). The new file gets a new identity, so no node can notice that events are missing: "
                    + "say how many may have been lost, --skip N, or the highest label of each prefix on paper, --last A057 --last C012. Nothing was written.");
                return null;
            }

            nameless = true;
            output.WriteLine($"whose journal it is cannot be read ({why}); it gets a new identity");
            return JournalReader.OpenDamaged(path, new JournalIdentity(JournalFile.NewId(), branch));
        }
    }

    private static string? Events(JournalReader reader, SqliteJournal saved, ref JournalBatch batch, out int put, out int cut)
    {
        (put, cut) = (0, 0);
        Moment before = default;
        var state = new BranchState();
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

                // What a replay passes over is left out: the explanation of a call, a property that nobody knows.
                bool whole = StrictEventJson.TryRead(row.Data, row.Type, out Event? read, out _);
                Event happened = whole ? read! : ReplayJson.Read(row.Type, row.Data);
                if (happened.At < before)
                {
                    fault = $"event {row.Seq} is earlier than the one before it";
                    break;
                }

                // What verify would say of it: else the new file would be no better than the old one.
                if ((fault = Plausibility.FaultOf(state, row.Seq, happened)) is not null)
                {
                    break;
                }

                Journal.Replay.Apply(state, row.Seq, happened);
                put += row.At == happened.At ? 0 : 1;
                before = happened.At;
                filling.Events.Add(row with { At = happened.At, Visit = EventVisit.Of(happened), Data = whole ? row.Data : EventJson.Write(happened) });
                cut += whole ? 0 : 1;
                last = row.Seq;
                if (filling.Events.Count == RowsPerCommit)
                {
                    saved.Commit(filling);
                    filling = new JournalBatch();
                }
            }
        }
        catch (UnfitEventException e)
        {
            fault = e.Fault;
        }
        catch (Exception e) when (e is JournalException or System.Text.Json.JsonException)
        {
            // A journal's own sentence advises this very command.
            fault = $"event {last + 1} cannot be read: {(e is JournalException ? e.InnerException?.Message : null) ?? e.Message}";
        }

        batch = filling;
        return fault;
    }

    private static string? Answers(JournalReader reader, SqliteJournal saved, long reached)
    {
        var batch = new JournalBatch();
        (int unreadable, string? ended) = (0, null);
        try
        {
            foreach (CommandRow? row in reader.Commands())
            {
                if (row is null)
                {
                    unreadable++;
                }

                // An answer that stands on a lost event is a promise nobody can keep.
                else if (row.Seq <= reached)
                {
                    batch.Commands.Add(row);
                    if (batch.Commands.Count == RowsPerCommit)
                    {
                        saved.Commit(batch);
                        batch = new JournalBatch();
                    }
                }
            }
        }
        catch (JournalException e) when (e.InnerException is { } inner)
        {
            ended = inner.Message.TrimEnd('.');
        }

        saved.Commit(batch);
        return ended is null && unreadable == 0 ? null
            : string.Join("; ", ((string?[])[unreadable > 0 ? $"{unreadable} cannot be read" : null, ended is null ? null : $"nothing behind them can be read: {ended}"]).OfType<string>());
    }
}
