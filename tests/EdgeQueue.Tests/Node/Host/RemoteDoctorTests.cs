using System.Threading.Channels;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Mqtt;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Host.Doctor;

namespace EdgeQueue.Tests.Node.Host;

/// <summary>A unit that is asked by a technician at the hub how it is.</summary>
public sealed class RemoteDoctorTests : IDisposable
{
    private const string Id = "c9a1f0e27d5b4a38b6c3d2e1f0a99871";
    private const string Other = "00a1f0e27d5b4a38b6c3d2e1f0a99871";

    private readonly Channel<DoctorAnswer> said = Channel.CreateUnbounded<DoctorAnswer>();
    private readonly NodeHost host;

    public RemoteDoctorTests() => host = new NodeHost(
        new NodeFile
        {
            V = 1, Branch = "demo", Node = "counter-1", State = "/tmp", Broker = new BrokerConfiguration("localhost", 1, "a", "b", "c"),
            Unit = new UnitConfiguration { Unit = "pad", Keypad = new KeypadConfiguration { Counter = "c1", Input = "/dev/input/event0" } },
        },
        "1.2", _ => throw new InvalidOperationException("not connected"), new StandingBootClock(), new FakeTime(), new NodeLog(TextWriter.Null, new FakeTime()));

    public void Dispose() => host.Dispose();

    [Fact]
    public async Task Somebody_who_asks_hears_at_once_that_somebody_looks_and_then_everything()
    {
        host.Status.Fault("deviceMissing", "The keypad is gone. Look at its plug.");
        var doctor = Doctor((line, _) =>
        {
            line("""{"what":"disk","health":"Well","sentence":"much room"}""");
            return Task.FromResult<int?>(0);
        });

        Assert.Null(doctor.Take(Ask(Id)));

        Assert.Equal((Id, false, 0), await Next() is var began ? (began.Id, began.Done, began.Findings.Count) : default);
        var done = await Next();
        Assert.Equal((Id, true), (done.Id, done.Done));
        Assert.Equal(
            [new Finding("deviceMissing", Health.Broken, "The keypad is gone. Look at its plug."), Finding.Well("disk", "much room")], done.Findings);
    }

    [Fact]
    public async Task A_tool_that_cannot_look_is_a_finding_with_its_last_words()
    {
        var doctor = Doctor((line, _) =>
        {
            line("edgequeue: command not found");
            return Task.FromResult<int?>(null);
        });

        doctor.Take(Ask(Id));
        await Next();

        var finding = (await Next()).Findings[^1];
        Assert.Equal(("doctor", Health.Broken), (finding.What, finding.Health));
        Assert.Contains("command not found", finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_who_asks_while_another_is_being_answered_is_refused_and_the_same_question_is_answered_once()
    {
        var looking = new TaskCompletionSource<int?>();
        var doctor = Doctor((_, _) => looking.Task);
        doctor.Take(Ask(Id));
        Assert.False((await Next()).Done);

        doctor.Take(Ask(Id));
        doctor.Take(Ask(Other));

        var refused = await Next();
        Assert.Equal((Other, "busy"), (refused.Id, refused.Refusal!.Code));
        looking.SetResult(0);
        Assert.Equal(Id, (await Next()).Id);
    }

    [Fact]
    public void Rubbish_and_what_the_broker_kept_is_no_question()
    {
        var doctor = Doctor((_, _) => throw new InvalidOperationException("it must not look"));

        Assert.NotNull(doctor.Take(Ask(Id) with { Retained = true }));
        Assert.NotNull(doctor.Take(Ask("42")));
        Assert.NotNull(doctor.Take(new MqttMessage("x", new byte[] { 1, 2 }, false, 0)));
        Assert.False(said.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_test_is_done_only_when_it_is_asked_for()
    {
        var doctor = Doctor((_, _) => Task.FromResult<int?>(0), (_, _) => Task.FromResult(Finding.Well("display", "8, 0, 1, 2")));

        doctor.Take(Ask(Id));
        await Next();
        Assert.DoesNotContain((await Next()).Findings, f => f.What == "display");
        // The answer leaves before the unit is free for the next.
        while (doctor.Take(Ask(Other, tries: true)) is null && (await Next()).Refusal is not null)
        {
        }

        Assert.Contains((await Next()).Findings, f => f.What == "display");
    }

    private static MqttMessage Ask(string id, bool tries = false) => new("x", ContractJson.Write(new DoctorAsk(1, id, tries)), false, 0);

    private RemoteDoctor Doctor(
        Func<Action<string>, CancellationToken, Task<int?>> look, Func<DoctorAsk, CancellationToken, Task<Finding>>? test = null) =>
        new(host, Say, look, test, TestContext.Current.CancellationToken);

    private Task<PublishOutcome> Say(MqttPublication publication)
    {
        Assert.Equal("edgequeue/v1/demo/doctor/counter-1/pad/findings", publication.Topic);
        Assert.True(DoctorAnswer.TryRead(publication.Payload.Span, out var answer, out var fault), fault);
        said.Writer.TryWrite(answer);
        return Task.FromResult(PublishOutcome.Accepted);
    }

    private async Task<DoctorAnswer> Next()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        return await said.Reader.ReadAsync(limit.Token);
    }

    private sealed class StandingBootClock : IBootClock
    {
        public string BootId => "boot";

        public long Milliseconds => 0;
    }
}
