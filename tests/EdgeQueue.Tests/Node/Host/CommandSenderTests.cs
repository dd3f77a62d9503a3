using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Mqtt;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Tests.Node.Host;

public sealed class CommandSenderTests
{
    private readonly FakeTime time = new();
    private readonly List<MqttPublication> sent = [];
    private readonly CommandSender sender;
    private PublishOutcome outcome = PublishOutcome.Accepted;
    private Moment? branchTime;

    public CommandSenderTests() => sender = new CommandSender(
        "cmd", new SeenPosition(),
        publication =>
        {
            sent.Add(publication);
            return Task.FromResult(outcome);
        },
        () => branchTime, time, new NodeLog(TextWriter.Null, time));

    private static Command CallNext => new CallNext("c1", 4, default);

    [Fact]
    public async Task A_press_is_repeated_byte_for_byte_until_the_hub_answers()
    {
        var press = sender.Press(CallNext);
        time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Equal(2, sent.Count);
        Assert.Equal(sent[0].Payload.ToArray(), sent[1].Payload.ToArray());
        Assert.True(sender.Take(Reply(press.Id)));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, sent.Count);
        Assert.IsType<Accepted>(await press.Final);
    }

    [Fact]
    public void A_press_says_until_when_it_is_wanted_where_the_time_is_known_and_what_must_be_told_never()
    {
        sender.Press(CallNext);
        branchTime = new Moment(1_000_000);
        sender.Press(CallNext);
        sender.Insist(CallNext);

        Assert.Equal([null, 1_003_000, null], sent.Select(s => Read(s).WantedUntil));

        static CommandMessage Read(MqttPublication publication) =>
            ContractJson.TryRead(publication.Payload.Span, out CommandMessage? message, out var fault) ? message : throw new InvalidOperationException(fault);
    }

    [Fact]
    public async Task A_press_is_not_called_unsent_while_one_of_its_repetitions_may_be_leaving()
    {
        List<TaskCompletionSource<PublishOutcome>> leaving = [];
        var slow = new CommandSender(
            "cmd", new SeenPosition(),
            _ =>
            {
                leaving.Add(new());
                return leaving[^1].Task;
            },
            () => branchTime, time, new NodeLog(TextWriter.Null, time));
        var press = slow.Press(CallNext);
        time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(2, leaving.Count);

        // The first never left; of the second nobody knows yet.
        leaving[0].SetResult(PublishOutcome.NotConnected);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.IsType<NotKnown>(await press.InTime);
        Assert.False(press.Final.IsCompleted);
        Assert.True(slow.Take(Reply(press.Id)));
        Assert.IsType<Accepted>(await press.Final);
    }

    [Fact]
    public async Task When_the_connection_is_taken_down_in_the_middle_of_a_press_it_is_not_called_unsent()
    {
        outcome = PublishOutcome.ConnectionLost;
        var press = sender.Press(CallNext);
        outcome = PublishOutcome.NotConnected;
        time.Advance(TimeSpan.FromSeconds(3.1));

        Assert.IsType<NotKnown>(await press.InTime);
        Assert.False(press.Final.IsCompleted);
    }

    [Fact]
    public void What_a_press_wants_dies_in_the_broker_when_nobody_takes_it_in_time()
    {
        sender.Press(CallNext);
        time.Advance(TimeSpan.FromSeconds(2.5));

        Assert.Equal([3, 2, 1], sent.Select(s => (int)s.Expiry!.Value.TotalSeconds));
    }

    [Fact]
    public async Task A_press_without_an_answer_is_not_known_and_withdrawn_until_the_hub_says_what_became_of_it()
    {
        var press = sender.Press(CallNext);
        time.Advance(TimeSpan.FromSeconds(3.1));

        Assert.IsType<NotKnown>(await press.InTime);
        Assert.False(press.Final.IsCompleted);
        Assert.True(Sent(^1).Withdraw);
        Assert.Equal(press.Id, Sent(^1).Id);
        Assert.Null(sent[^1].Expiry);

        var before = sent.Count;
        time.Advance(TimeSpan.FromHours(1));
        Assert.True(sent.Count > before + 100);
        sender.Take(Reply(press.Id, Refusal.Invalid("withdrawn")));
        Assert.IsType<Refused>(await press.Final);
    }

    [Fact]
    public async Task A_press_that_never_left_is_not_sent_and_nothing_follows()
    {
        outcome = PublishOutcome.NotConnected;
        var press = sender.Press(CallNext);
        time.Advance(TimeSpan.FromSeconds(3.1));

        Assert.IsType<NotSent>(await press.Final);
        var before = sent.Count;
        sender.Reconnected();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(before, sent.Count);
    }

    [Fact]
    public async Task A_reply_that_comes_after_the_withdrawal_is_the_last_word()
    {
        var press = sender.Press(CallNext);
        time.Advance(TimeSpan.FromSeconds(4));
        sender.Take(Reply(press.Id));

        Assert.IsType<NotKnown>(await press.InTime);
        Assert.IsType<Accepted>(await press.Final);
    }

    [Fact]
    public void What_has_happened_is_told_for_ever_and_at_once_when_the_link_is_back()
    {
        outcome = PublishOutcome.NotConnected;
        var report = sender.Insist(new ReportPrint(7, Core.Queue.PrintOutcome.Printed, false, default));
        time.Advance(TimeSpan.FromDays(2));
        Assert.False(report.Final.IsCompleted);

        outcome = PublishOutcome.Accepted;
        var before = sent.Count;
        sender.Reconnected();
        time.Advance(TimeSpan.Zero);
        Assert.Equal(before + 1, sent.Count);
        Assert.Equal(sent[0].Payload.ToArray(), sent[^1].Payload.ToArray());
    }

    [Fact]
    public async Task A_hub_that_cannot_decide_just_now_has_not_answered_what_must_be_told()
    {
        var report = sender.Insist(new ReportPrint(7, Core.Queue.PrintOutcome.Printed, false, default));
        var withdrawn = sender.Press(CallNext);
        time.Advance(TimeSpan.FromSeconds(4));
        var press = sender.Press(CallNext);
        foreach (var command in new[] { report, withdrawn, press })
        {
            sender.Take(Reply(command.Id, new Refusal("diskFault", "The disk is full.")));
        }

        Assert.IsType<Refused>(await press.Final);
        Assert.False(report.Final.IsCompleted || withdrawn.Final.IsCompleted);
        sender.Take(Reply(report.Id));
        Assert.IsType<Accepted>(await report.Final);
    }

    [Fact]
    public async Task The_sixty_fifth_command_without_an_answer_is_refused_aloud()
    {
        for (var i = 0; i < CommandSender.MostOutstanding; i++)
        {
            sender.Insist(CallNext);
        }

        Assert.IsType<NotSent>(await sender.Press(CallNext).Final);
    }

    [Fact]
    public void A_reply_that_nobody_waits_for_changes_nothing() => Assert.False(sender.Take(Reply("ffff")));

    private CommandMessage Sent(Index index) =>
        ContractJson.TryRead<CommandMessage>(sent[index].Payload.Span, out var message, out var fault)
            ? message : throw new InvalidOperationException(fault + Encoding.UTF8.GetString(sent[index].Payload.Span));

    private static ReplyMessage Reply(string id, Refusal? refusal = null) => new(1, id, "j", 9, refusal);
}
