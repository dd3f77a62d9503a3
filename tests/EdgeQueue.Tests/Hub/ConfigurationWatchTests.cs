using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Configuration;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Tests.Node;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeQueue.Tests.Hub;

/// <summary>Another configuration comes from the cloud, and the hub may be killed at any step. The loop is played.</summary>
public sealed class ConfigurationWatchTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Channel<ConfigurationReport> _reports = Channel.CreateUnbounded<ConfigurationReport>();
    private readonly ConcurrentQueue<LoopInput> _posted = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly string _path;
    private Task _running = Task.CompletedTask;

    public ConfigurationWatchTests()
    {
        _path = Path.Combine(_folder.Path, "branch.json");
        File.WriteAllBytes(_path, Document(10));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ConfigurationSteps Steps => new(_path);

    /// <summary>What the loop says; null: it is in force and in the journal.</summary>
    private Func<LoadedBranch, IReadOnlyList<string>?> Loop { get; set; } = _ => null;

    [Fact]
    public async Task One_without_faults_is_on_the_disk_before_it_is_applied_and_in_its_place_after()
    {
        (long Beside, long InPlace) seen = default;
        Loop = _ =>
        {
            seen = (RevisionOf(Steps.Next), RevisionOf(_path));
            return null;
        };
        ConfigurationWatch watch = Start();

        watch.Told(Message(Document(11)));
        ConfigurationReport report = await ReportAsync();

        Assert.Equal((11L, 10L), seen);
        Assert.Equal((11L, 10L), (RevisionOf(_path), RevisionOf(Steps.Before)));
        Assert.False(File.Exists(Steps.Next));
        Assert.Equal((11L, PackedConfiguration.HashOf(Document(11)), null), (report.Revision, report.Sha256, report.Rejected));
        Assert.Equal(Document(11), PackedConfiguration.Unpack(report.Document!));
    }

    [Fact]
    public async Task One_that_the_loop_cannot_take_now_is_rejected_with_its_sentences_and_the_old_one_stays()
    {
        Loop = _ => ["Counter 'c1' is not in it, and is serving now.", "Another one."];
        ConfigurationWatch watch = Start();

        watch.Told(Message(Document(11)));
        ConfigurationReport report = await ReportAsync();

        Assert.Equal(10, RevisionOf(_path));
        Assert.Equal([Path.GetFileName(_path)], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
        Assert.Equal((10L, 11L, 2), (report.Revision, report.Rejected!.Revision, report.Rejected.Faults.Count));
        // Said again on a new connection, until there is a later one.
        watch.Connected();
        Assert.Equal(11, (await ReportAsync()).Rejected!.Revision);
        Loop = _ => null;
        watch.Told(Message(Document(12)));
        Assert.Null((await ReportAsync()).Rejected);
    }

    [Fact]
    public async Task What_is_faulty_of_another_branch_damaged_or_older_never_reaches_the_loop()
    {
        ConfigurationWatch watch = Start();
        JsonNode faulty = JsonNode.Parse(Document(11))!;
        faulty["services"]![0]!["prioriti"] = 3;
        faulty["timeZone"] = "Europe/Nowhere";
        JsonNode other = JsonNode.Parse(Document(11))!;
        other["branch"] = "another";

        watch.Told(Message(Encoding.UTF8.GetBytes(faulty.ToJsonString())));
        Assert.Equal(2, (await ReportAsync()).Rejected!.Faults.Count);
        watch.Told(Message(Encoding.UTF8.GetBytes(other.ToJsonString())));
        Assert.Equal("$.branch", (await ReportAsync()).Rejected!.Faults[0].Path);
        watch.Told(Message(Document(11)) with { Sha256 = new string('0', 64) });
        Assert.Contains("damaged", (await ReportAsync()).Rejected!.Faults[0].Sentence, StringComparison.Ordinal);
        watch.Told(Message(Document(11)) with { Document = "not packed" });
        Assert.Contains("damaged", (await ReportAsync()).Rejected!.Faults[0].Sentence, StringComparison.Ordinal);
        watch.Told(Message(Document(11), revision: 12));
        Assert.Equal("$.revision", (await ReportAsync()).Rejected!.Faults[0].Path);
        watch.Told(Message(Document(10)));
        await ReportAsync();
        watch.Told(Message(Document(9)));
        Assert.Equal(10, (await ReportAsync()).Revision);

        Assert.DoesNotContain(_posted, p => p is ConfigurationRead);
        Assert.Equal(Document(10), File.ReadAllBytes(_path));
    }

    [Fact]
    public async Task A_file_that_is_changed_at_the_branch_is_told_and_a_lower_revision_of_the_cloud_does_not_undo_it()
    {
        ConfigurationWatch watch = Start();
        File.WriteAllBytes(_path, Document(20));
        watch.LookNow();
        Assert.Equal((20L, PackedConfiguration.HashOf(Document(20))), await ReportAsync() is var said ? (said.Revision, said.Sha256) : default);

        watch.Told(Message(Document(15)));
        Assert.Equal(20, (await ReportAsync()).Revision);
        Assert.Equal(20, RevisionOf(_path));
    }

    [Fact]
    public async Task A_device_that_the_cloud_did_not_know_of_is_not_thrown_out()
    {
        ConfigurationWatch watch = Start();
        JsonNode without = JsonNode.Parse(Document(11))!;
        string gone = (string)without["nodes"]!.AsArray()[^1]!["name"]!;
        without["nodes"]!.AsArray().RemoveAt(without["nodes"]!.AsArray().Count - 1);
        ConfigurationMessage message = Message(Encoding.UTF8.GetBytes(without.ToJsonString()));

        foreach (string? over in (string?[])[null, "", new string('0', 64)])
        {
            watch.Told(message with { Over = over });
            ConfigurationFault fault = (await ReportAsync()).Rejected!.Faults[0];
            Assert.Equal("$.nodes", fault.Path);
            Assert.Contains(gone, fault.Sentence, StringComparison.Ordinal);
        }

        // Who knew what runs here means it.
        watch.Told(message with { Over = PackedConfiguration.HashOf(Document(10)) });
        Assert.Equal(11, (await ReportAsync()).Revision);
    }

    [Fact]
    public async Task What_cannot_take_its_place_is_in_force_all_the_same_and_nothing_else_is_written_over_it()
    {
        // given: a folder in the place of the file, so that nothing can be renamed over it
        Loop = _ =>
        {
            File.Delete(_path);
            Directory.CreateDirectory(_path);
            return null;
        };
        ConfigurationWatch watch = Start();
        LoadedBranch before = Load();

        // when
        watch.Told(Message(Document(11)));
        Assert.Equal(11, (await ReportAsync()).Revision);
        watch.Told(Message(Document(12)));
        ConfigurationReport report = await ReportAsync();

        // then: it is said, kept beside, used by a start, and put in place as soon as that can be done
        Assert.Equal((11L, 12L), (report.Revision, report.Rejected!.Revision));
        Assert.Contains(_posted, p => p is FaultChanged { Fault: not null });
        Assert.Equal(11, RevisionOf(Steps.Next));
        Assert.Equal(11, Steps.Settle("11", before, out string? fault).Configuration.Revision);
        Assert.NotNull(fault);
        Directory.Delete(_path);
        File.WriteAllBytes(_path, Document(10));
        watch.Connected();
        Assert.Equal(11, (await ReportAsync()).Revision);
        Assert.Equal(11, RevisionOf(_path));
        Assert.IsType<FaultChanged>(_posted.Last(p => p is FaultChanged { Fault: null }));
    }

    [Theory]
    // Killed after it was written beside; the rules were not in the journal.
    [InlineData(11, "10", 10)]
    [InlineData(11, null, 10)]
    // Killed after its rules were in the journal, before it was in its place.
    [InlineData(11, "11", 11)]
    // Left from long ago.
    [InlineData(9, "9", 10)]
    public void Killed_between_two_steps_the_branch_starts_with_a_whole_configuration(long prepared, string? applied, long expected)
    {
        Steps.Prepare(Document(prepared));

        LoadedBranch branch = Steps.Settle(applied, Load(), out _);

        Assert.Equal((expected, expected), (branch.Configuration.Revision, RevisionOf(_path)));
        Assert.False(File.Exists(Steps.Next));
    }

    [Fact]
    public void What_was_half_written_when_the_power_failed_is_not_used()
    {
        File.WriteAllBytes(Steps.Next, Document(11)[..100]);
        File.WriteAllBytes(Steps.Next + ".new", Document(11)[..50]);

        Assert.Equal(10, Steps.Settle("11", Load(), out _).Configuration.Revision);
        Steps.Prepare(Document(11));
        Assert.Equal(11, Steps.Settle("11", Load(), out _).Configuration.Revision);
    }

    [Fact]
    public void Work_that_goes_on_is_in_the_way_of_what_would_take_its_ground_and_of_nothing_else()
    {
        LoadedBranch now = Load();
        var state = new BranchState();
        void Happen(Event happened) => Evolve.Apply(state, happened);
        Happen(new RulesApplied(now.Rules, new(0)));
        Happen(new DayOpened(1, null, new(0)));
        string counter = now.Configuration.Counters[0].Id;
        Assert.Empty(WorkInTheWay.Of(state, Without(counter, "general")));

        Happen(new CounterOpened(counter, "anna", "everything", null, new(1)));
        Happen(new TicketIssued(1, "A001", "A", 1, "general", null, 50, 600_000, 300_000, "nb", null, "press", null, new(2), false, true, new(2)));

        IReadOnlyList<string> found = WorkInTheWay.Of(state, Without(counter, "general"));
        Assert.Equal(2, found.Count);
        Assert.Contains($"Counter '{counter}'", found[0], StringComparison.Ordinal);
        Assert.Contains("Service 'general'", found[1], StringComparison.Ordinal);
        Assert.Empty(WorkInTheWay.Of(state, Without(now.Configuration.Counters[1].Id, "passport")));
        Assert.Contains("'anna'", Assert.Single(WorkInTheWay.Of(state, now.Configuration with { Operators = [] })), StringComparison.Ordinal);

        BranchConfiguration Without(string counterId, string service) => now.Configuration with
        {
            Counters = [.. now.Configuration.Counters.Where(c => c.Id != counterId)], Services = [.. now.Configuration.Services.Where(s => s.Id != service)],
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _folder.Dispose();
    }

    private ConfigurationWatch Start()
    {
        var watch = new ConfigurationWatch(_path, Load(), "journal", input =>
        {
            _posted.Enqueue(input);
            if (input is ConfigurationRead { Answer: { } answer } read)
            {
                answer(Loop(read.Branch));
            }
        }, bytes => _reports.Writer.TryWrite(LinkJson.TryRead(bytes, out ConfigurationReport? report, out _) ? report : throw new InvalidDataException()), NullLogger.Instance);
        _running = watch.RunAsync(_stop.Token);
        return watch;
    }

    private ValueTask<ConfigurationReport> ReportAsync() => _reports.Reader.ReadAsync(Cancellation);

    private LoadedBranch Load() => Hub(File.ReadAllBytes(_path));

    private static LoadedBranch Hub(byte[] document) =>
        BranchConfigurationLoader.TryLoad(document, _ => true, out LoadedBranch? branch, out IReadOnlyList<ConfigurationFault> faults) ? branch : throw new InvalidDataException(string.Join('\n', faults));

    private static long RevisionOf(string path) => Hub(File.ReadAllBytes(path)).Configuration.Revision;

    private static byte[] Document(long revision)
    {
        JsonNode branch = JsonNode.Parse(File.ReadAllBytes(RepositoryFolder.PathOf("examples", "branch", "branch.json")))!;
        branch["revision"] = revision;
        return Encoding.UTF8.GetBytes(branch.ToJsonString());
    }

    private static ConfigurationMessage Message(byte[] document, long? revision = null) => new(
        1, revision ?? long.Parse(JsonNode.Parse(document)!["revision"]!.ToString(), CultureInfo.InvariantCulture), PackedConfiguration.HashOf(document), PackedConfiguration.Pack(document)!);
}
