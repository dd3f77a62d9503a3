using System.Diagnostics;
using System.Globalization;
using EdgeQueue.EndToEnd.Support;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>
/// Journals with one thing wrong each: every command ends with a sentence and its exit code, and none says that all is well.
/// Made from the journal of an older release, so no hub has to run.
/// </summary>
public sealed class DamagedJournalTests : IDisposable
{
    private const int Page = 4096;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequeue-damaged-");
    private readonly string whole;

    public DamagedJournalTests()
    {
        Batteries_V2.Init();
        string older = Path.Combine(Executables.Root(), "tests", "EdgeQueue.EndToEnd", "Hub", "Journals", "before-sources.journal");
        whole = In("whole.db");
        File.Copy(older, In("older.db"));
        Assert.Equal(0, Run("repair", In("older.db"), "--to", whole).Code);
        Sql(whole, "pragma journal_mode = delete");
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("command")]
    [InlineData("meta")]
    public void Zeros_in_the_place_of_a_page_are_told_and_never_a_stack_of_calls(string table)
    {
        byte[] bytes = File.ReadAllBytes(whole);
        bytes.AsSpan((int)(Scalar(whole, $"select rootpage from sqlite_master where name = '{table}'") - 1) * Page, Page).Clear();
        File.WriteAllBytes(In("zeros.db"), bytes);

        foreach (string[] words in (string[][])[["verify", In("zeros.db")], ["repair", In("zeros.db"), "--to", In("saved.db")], ["fork", In("zeros.db"), "--skip", "5"]])
        {
            (int code, string said) = Run(words);
            Assert.InRange(code, 1, 3);
            Assert.DoesNotContain("Unhandled", said, StringComparison.Ordinal);
            Assert.DoesNotContain("Start the hub", said, StringComparison.Ordinal);
        }

        // The events stand in other pages than the answers.
        Assert.Equal(table == "command", File.Exists(In("saved.db")));
    }

    [Fact]
    public void A_file_that_was_cut_off_is_not_sound()
    {
        using (FileStream file = File.OpenWrite(whole))
        {
            file.SetLength(file.Length - 777);
        }

        Assert.Contains("NOT sound", Run("verify", whole).Said, StringComparison.Ordinal);
        (int fork, string said) = Run("fork", whole, "--skip", "5");
        Assert.Equal(3, fork);
        Assert.Contains("was not forked", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", Run("repair", whole, "--to", In("saved.db")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_hold_nothing_are_counted_and_the_others_saved()
    {
        long answers = Scalar(whole, "select count(*) from command");
        // As a damaged page shows them.
        Sql(whole, "create table old as select * from command; drop table command; create table command(node text, unit text, id text, seq integer, reply blob, hash blob, kept_until integer); "
            + "insert into command select * from old; drop table old; update command set node = null, reply = null where rowid = 2");

        (int code, string said) = Run("repair", whole, "--to", In("saved.db"));

        Assert.Equal(1, code);
        Assert.Contains("could not all be saved: 1 cannot be read", said, StringComparison.Ordinal);
        Assert.Equal(answers - 1, Scalar(In("saved.db"), "select count(*) from command"));
    }

    [Theory]
    [InlineData("delete from journal where seq = 5", "event 5 is missing before 6", 11)]
    [InlineData("update journal set type = 'nonesuch' where seq = 5", "event 5 cannot be read and is left out", 11)]
    [InlineData("update journal set data = substr(data, 1, 20) where seq = 5", "event 5 cannot be read and is left out", 11)]
    [InlineData("update journal set data = cast(replace(data, 'A002', 'A' || cast(x'ef30' as text) || '2') as blob) where seq = 5", "event 5 cannot be read and is left out: it is no UTF-8", 11)]
    public void An_export_that_is_not_the_whole_journal_says_so_and_has_no_broken_line(string damage, string sentence, int lines)
    {
        Sql(whole, damage);

        (int code, string said) = Run("export", whole);

        Assert.Equal(1, code);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", said, StringComparison.Ordinal);
        Assert.Equal(lines, said.Split('\n').Count(l => l.StartsWith('{') && l.EndsWith('}')));
    }

    [Theory]
    // In the row alone, and in the event too.
    [InlineData("update journal set at = at - 100000 where seq = 8", 12, 0)]
    [InlineData("update journal set at = at - 100000, data = replace(data, '\"at\":' || at, '\"at\":' || (at - 100000)) where seq = 8", 7, 1)]
    public void A_time_that_goes_back_is_repaired_or_ends_what_is_saved_and_the_result_is_sound(string damage, int saved, int code)
    {
        Sql(whole, damage);
        Assert.Equal(1, Run("verify", whole).Code);

        (int repaired, string said) = Run("repair", whole, "--to", In("saved.db"));

        Assert.Equal(code, repaired);
        Assert.Contains($"saved {saved} events", said, StringComparison.Ordinal);
        Assert.Equal(0, Run("verify", In("saved.db")).Code);
    }

    [Theory]
    [InlineData("update journal set type = 'visitArrived' where seq = 12", "event 12 cannot be applied: visit 2 is waiting and not at counter c1", 11)]
    [InlineData("update journal set type = 'visitRecalled', data = '{\"type\":\"visitRecalled\",\"visit\":1,\"counter\":\"c1\",\"times\":2,\"at\":' || at || '}' where seq = 8", "event 8 cannot be applied: visit 1 is waiting", 7)]
    [InlineData("update journal set data = replace(data, 'A002', 'A001') where seq = 5", "event 5 cannot be applied: visit 2 gets the label A001", 4)]
    [InlineData("update journal set data = replace(data, '\"c1\"', '\"zz\"') where seq = 8", "event 8 cannot be applied: visit 1 is called to counter zz, which was never opened", 7)]
    public void What_cannot_have_happened_is_told_with_its_number_and_ends_what_is_saved(string damage, string sentence, int saved)
    {
        Sql(whole, damage);

        (int verified, string verdict) = Run("verify", whole);
        Assert.Equal(1, verified);
        Assert.Contains(sentence, verdict, StringComparison.Ordinal);
        Assert.Contains("NOT sound", verdict, StringComparison.Ordinal);
        Assert.Equal((1, true), Told(sentence, "export", whole));
        Assert.Equal((1, true), Told(sentence, "replay", whole));
        Assert.Equal((0, true), Told("business day 1", "replay", whole, "--until", $"#{saved}"));
        Assert.Equal((1, true), Told($"saved {saved} events", "repair", whole, "--to", In("saved.db")));
        Assert.Equal((0, true), Told("sound", "verify", In("saved.db")));
    }

    [Theory]
    [InlineData("\"rule\":", "\"sule\":", "has a damaged part, or one that only another release knows at $.why")]
    [InlineData("\"operator\":", "\"oper`tor\":", "has a damaged part, or one that only another release knows at $.oper")]
    public void What_a_replay_passes_over_is_told_too_and_a_repair_keeps_all_the_events_without_it(string part, string damaged, string sentence)
    {
        Sql(whole, $"update journal set data = cast(replace(cast(data as text), '{part}', '{damaged}') as blob) where seq = 8");

        (int code, string verdict) = Run("verify", whole);
        Assert.Equal(1, code);
        Assert.Contains($"words: event 8 {sentence}", verdict, StringComparison.Ordinal);
        Assert.Equal((0, true), Told("business day 1", "replay", whole));
        (int repaired, string said) = Run("repair", whole, "--to", In("saved.db"));
        Assert.Equal(0, repaired);
        Assert.Contains("saved 12 events", said, StringComparison.Ordinal);
        Assert.Contains("saved without it: 1", said, StringComparison.Ordinal);
        Assert.Equal((0, true), Told("sound", "verify", In("saved.db")));
    }

    [Fact]
    public void A_text_that_is_no_UTF8_is_told_and_ends_what_is_saved()
    {
        Sql(whole, "update journal set data = cast(replace(data, 'A002', 'A' || cast(x'ef30' as text) || '2') as blob) where seq = 5");

        (int code, string verdict) = Run("verify", whole);
        Assert.InRange(code, 1, 3);
        Assert.Contains("vent 5", verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", verdict, StringComparison.Ordinal);
        Assert.Equal((1, true), Told("saved 4 events", "repair", whole, "--to", In("saved.db")));
        Assert.Equal((0, true), Told("sound", "verify", In("saved.db")));
    }

    [Fact]
    public void A_repair_makes_no_folder()
    {
        Assert.Equal((2, true), Told("There is no folder", "repair", whole, "--to", In("typo/saved.db")));
        Assert.False(Directory.Exists(In("typo")));
    }

    [Fact]
    public void Of_a_journal_that_holds_nothing_no_event_is_offered()
    {
        Sql(whole, "delete from journal");

        Assert.Equal((2, true), Told("holds no event yet", "replay", whole, "--until", "#60"));
    }

    [Theory]
    [InlineData("half")]
    [InlineData("empty")]
    [InlineData("text")]
    public void Of_a_file_that_is_no_journal_repair_does_not_advise_itself_and_saves_no_empty_journal(string what)
    {
        byte[] bytes = File.ReadAllBytes(whole);
        File.WriteAllBytes(In("no.db"), what switch { "half" => bytes[..(bytes.Length / 2)], "empty" => [], _ => "Dear hub\n"u8.ToArray() });

        (int code, string said) = Run("repair", In("no.db"), "--to", In("saved.db"));
        Assert.Equal(3, code);
        Assert.Contains("Bring a backup back", said, StringComparison.Ordinal);
        Assert.DoesNotContain("save what can be read", said, StringComparison.Ordinal);

        (code, said) = Run("repair", In("no.db"), "--to", In("saved.db"), "--branch-name", "test", "--skip", "5");
        Assert.Equal(3, code);
        Assert.DoesNotContain("Start the hub", said, StringComparison.Ordinal);
        Assert.False(File.Exists(In("saved.db")));
    }

    [Fact]
    public void A_fork_asks_when_what_was_said_cannot_be_meant()
    {
        string journal = Text(whole, "select value from meta where name = 'journal'");

        Assert.Equal((2, true), Told("nothing was lost after event 5", "fork", whole, "--seen", $"{journal}:5"));
        Assert.Equal((1, true), Told("was not for 'B'", "fork", whole, "--last", "A057"));
        Assert.Equal((2, true), Told("give a number of events from 0 to 2147483647", "fork", whole, "--skip", "99999999999999999999"));
    }

    [Fact]
    public void A_moment_that_is_not_one_is_not_guessed()
    {
        // Summer time begins at event 6 (02:00 to 03:00) and ends at event 9.
        TenMinutesApart();
        Assert.All([(3, 60), (6, 120), (8, 120), (9, 60), (10, 60), (11, 60), (12, 60)], step => Clock(step.Item1, step.Item2));

        Assert.Equal((2, true), Told("nothing was written yet", "replay", whole, "--until", "2026-03-28T10:00:00"));
        Assert.All(["#0", "#-1", "#99999"], seq => Assert.Equal((2, true), Told("holds the events #1 to #12", "replay", whole, "--until", seq)));
        Assert.Equal((2, true), Told("no clock of this branch ever showed that", "replay", whole, "--until", "2026-03-29T02:15:00"));
        Assert.Equal((2, true), Told("+02:00 for the first or +01:00 for the second", "replay", whole, "--until", "2026-03-29T03:00:00"));
        Assert.Equal((0, true), Told("event 8,", "replay", whole, "--until", "2026-03-29T03:20:00+02:00"));
        Assert.Equal((0, true), Told("event 2,", "replay", whole, "--until", "2026-03-29 01:25"));
        Assert.Equal((0, true), Told("event 4,", "replay", whole, "--until", "#4"));
    }

    [Fact]
    public void A_moment_that_only_a_clock_set_back_has_shown_is_found()
    {
        // 00:10 to 01:00, then 22:00 to 22:30, then 00:40 to 01:10.
        TenMinutesApart();
        Clock(3, 0);
        Clock(6, 0, -3 * 3_600_000);
        Clock(9, 0, -50 * 60_000);

        Assert.All(
            [(7, "28T22:15:00"), (2, "29T00:25:00"), (11, "29T01:05:00"), (12, "29T02:00:00")],
            found => Assert.Equal((0, true), Told($"event {found.Item1},", "replay", whole, "--until", $"2026-03-{found.Item2}")));
        Assert.Equal((2, true), Told("showed that twice", "replay", whole, "--until", "2026-03-29T00:45:00"));
        Assert.Equal((2, true), Told("no clock of this branch ever showed that", "replay", whole, "--until", "2026-03-28T23:00:00"));
        Assert.Equal((2, true), Told("nothing was written yet", "replay", whole, "--until", "2026-03-28T21:00:00"));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run --nope")]
    [InlineData("journal verify")]
    public void A_wrong_command_line_ends_with_two(string line) => Assert.Equal(2, Start(line.Split(' ')).Code);

    public void Dispose() => folder.Delete(recursive: true);

    private static string At(int seq) =>
        (new DateTimeOffset(2026, 3, 29, 0, 10, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() + ((seq - 1) * 600_000L)).ToString(CultureInfo.InvariantCulture);

    private void TenMinutesApart()
    {
        for (int seq = 1; seq <= 12; seq++)
        {
            Sql(whole, $"update journal set data = replace(data, '\"at\":' || at || '}}', '\"at\":{At(seq)}}}'), at = {At(seq)} where seq = {seq}");
        }
    }

    private void Clock(int seq, int offset, long display = 0) => Sql(
        whole, $"update journal set type = 'clockStepped', visit = null, data = '{{\"type\":\"clockStepped\",\"clock\":{{\"displayOffset\":{display},\"utcOffsetMinutes\":{offset},\"trusted\":true}},\"at\":{At(seq)}}}' where seq = {seq}");

    private string In(string name) => Path.Combine(folder.FullName, name);

    private (int Code, bool Told) Told(string sentence, params string[] words)
    {
        (int code, string said) = Run(words);
        return (code, said.Contains(sentence, StringComparison.Ordinal));
    }

    private static (int Code, string Said) Run(params string[] words) => Start(["journal", .. words]);

    private static (int Code, string Said) Start(params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(Executables.Hub, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        string said = output.GetAwaiter().GetResult() + errors;
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    private static void Sql(string journal, string sql) => With(journal, sql, c => c.ExecuteNonQuery());

    private static long Scalar(string journal, string sql) => With(journal, sql, c => (long)c.ExecuteScalar()!);

    private static string Text(string journal, string sql) => With(journal, sql, c => (string)c.ExecuteScalar()!);

    private static T With<T>(string journal, string sql, Func<SqliteCommand, T> run)
    {
        using var connection = new SqliteConnection($"Data Source={journal};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return run(command);
    }
}
