using System.Threading.Channels;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hub.Identity;
using EdgeQueue.Mqtt;
using EdgeQueue.Tests.Node;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeQueue.Tests.Identity;

/// <summary>The registrar's side of a question: whom it asks, what it believes, and how long it waits.</summary>
public sealed class NodeDoctorTests
{
    private static readonly UnitAddress Display = new("counter-1", "display");
    private static readonly UnitAddress Keypad = new("counter-1", "keypad");

    private readonly FakeTime time = new();
    private readonly PlayedBroker broker = new();
    private readonly NodeDoctor doctor;

    public NodeDoctorTests() => doctor = new NodeDoctor(
        broker, new BranchFile(RepositoryFolder.PathOf("examples", "branch", "branch.json")), NullLogger.Instance, time);

    [Fact]
    public async Task Every_unit_of_the_node_is_asked_and_what_they_found_is_told()
    {
        broker.Answers = (unit, ask) => Hear(unit, DoctorAnswer.Of(ask.Id, [Finding.Well("disk", $"{unit} has room")]));

        DeskAnswer answer = await Ask("counter-1");

        Assert.True(answer.Done);
        Assert.Equal([Display.ToString(), Keypad.ToString()], answer.Examined!.Select(u => u.Unit).Order(StringComparer.Ordinal));
        Assert.Contains("ok    disk         counter-1/keypad has room", answer.Lines);
        Assert.Equal("All is well.", answer.Lines[^1]);
    }

    [Fact]
    public async Task Only_who_was_asked_is_believed_and_only_with_the_id_of_the_question()
    {
        string? lie = null, old = null;
        broker.Answers = (unit, ask) =>
        {
            lie = doctor.Take(new UnitAddress("counter-2", unit.Unit), ContractJson.Write(DoctorAnswer.Of(ask.Id, [])));
            old = doctor.Take(unit, ContractJson.Write(DoctorAnswer.Of("00000000000000000000000000000000", [])));
            Hear(unit, DoctorAnswer.Of(ask.Id, [Finding.Well("disk", "room")]));
        };

        DeskAnswer answer = await Ask("counter-1", "display");

        Assert.Equal(("nobody asked, or it is too late", "nobody asked, or it is too late"), (lie, old));
        Assert.Equal([Finding.Well("disk", "room")], answer.Examined!.Single().Findings);
        Assert.NotNull(doctor.Take(Display, "{}"u8));
    }

    [Fact]
    public async Task A_unit_where_nobody_listens_is_told_at_once()
    {
        broker.Outcome = PublishOutcome.NobodySubscribed;

        DeskAnswer answer = await Ask("counter-1", "display");

        Finding finding = answer.Examined!.Single().Findings.Single();
        Assert.Equal(Health.Broken, finding.Health);
        Assert.Contains("its version is from before", finding.Sentence, StringComparison.Ordinal);
        Assert.Equal("1 broken.", answer.Lines[^1]);
    }

    [Fact]
    public async Task A_unit_that_is_silent_is_waited_for_five_seconds()
    {
        Task<DeskAnswer> asking = Ask("counter-1", "display");
        await time.ArmedAsync();
        time.Advance(NodeDoctor.FirstWord);

        Assert.Contains("did not answer within 5 s", (await asking).Examined!.Single().Findings.Single().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_began_and_does_not_end_is_waited_for_a_minute()
    {
        broker.Answers = (unit, ask) => Hear(unit, new DoctorAnswer(1, ask.Id, false, []));
        Task<DeskAnswer> asking = Ask("counter-1", "display");
        await time.ArmedAsync();
        time.Advance(NodeDoctor.Looking);

        Assert.Contains("did not end within 60 s", (await asking).Examined!.Single().Findings.Single().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_or_unit_that_is_not_there_is_refused_with_those_that_are()
    {
        DeskAnswer node = await Ask("counter-9"), unit = await Ask("counter-1", "nosuch");

        Assert.False(node.Done || unit.Done);
        Assert.Contains("counter-1, ", node.Lines[0], StringComparison.Ordinal);
        Assert.Contains("'counter-1' has no unit 'nosuch'", unit.Lines[0], StringComparison.Ordinal);
        Assert.Empty(broker.Asked);
    }

    private Task<DeskAnswer> Ask(string node, string? unit = null) =>
        doctor.DoAsync(new DeskRequest("doctor", Node: node, Unit: unit), TestContext.Current.CancellationToken);

    private void Hear(UnitAddress unit, DoctorAnswer answer) => Assert.Null(doctor.Take(unit, ContractJson.Write(answer)));

    private sealed class PlayedBroker : IMqttConnection
    {
        public MqttStatus Status => new(true, null, 1);

        public ChannelReader<MqttArrival> Arrivals => Channel.CreateUnbounded<MqttArrival>().Reader;

        public PublishOutcome Outcome { get; set; } = PublishOutcome.Accepted;

        public Action<UnitAddress, DoctorAsk> Answers { get; set; } = (_, _) => { };

        public List<string> Asked { get; } = [];

        public Task RunAsync(CancellationToken cancellation) => Task.CompletedTask;

        public void Reconnect()
        {
        }

        public Task<PublishOutcome> PublishAsync(MqttPublication publication)
        {
            Asked.Add(publication.Topic);
            Assert.True(DoctorAsk.TryRead(publication.Payload.Span, out DoctorAsk? ask, out string? fault), fault);
            Assert.False(publication.Retain);
            Assert.True(new Topics("demo").TryParse(publication.Topic, out TopicAddress? address), publication.Topic);
            Answers(address.Unit!, ask);
            return Task.FromResult(Outcome);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
