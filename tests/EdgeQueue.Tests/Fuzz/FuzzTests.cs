using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Tests.Contracts;

namespace EdgeQueue.Tests.Fuzz;

/// <summary>
/// Everything that reads what comes from outside, with 100,000 inputs that nobody honest sends (ten million in the long run):
/// a refusal is a value, never an exception, and nothing is kept of it.
/// </summary>
[Collection(nameof(Fed))]
public sealed class FuzzTests
{
    private const int Long = 100;

    [Fact]
    public void No_message_breaks_the_reader_of_messages() => Messages(60_000);

    [Fact]
    public void No_topic_breaks_the_reader_of_topics() => TopicsOf(20_000);

    [Fact]
    public void No_bytes_of_a_keypad_break_the_reader_of_keys() => Keys(10_000);

    [Fact]
    public void No_answer_of_a_printer_breaks_the_reader_of_its_status() => Printers(6_000);

    [Fact]
    public void No_file_breaks_the_loader_of_branches() => Branches(4_000);

    [Fact]
    [Trait("Length", "Long")]
    public void No_six_million_messages_break_the_reader_of_messages() => Messages(60_000 * Long);

    [Fact]
    [Trait("Length", "Long")]
    public void No_two_million_topics_break_the_reader_of_topics() => TopicsOf(20_000 * Long);

    [Fact]
    [Trait("Length", "Long")]
    public void No_million_reads_of_a_keypad_break_the_reader_of_keys() => Keys(10_000 * Long);

    [Fact]
    [Trait("Length", "Long")]
    public void No_six_hundred_thousand_answers_of_a_printer_break_the_reader_of_its_status() => Printers(6_000 * Long);

    [Fact]
    [Trait("Length", "Long")]
    public void No_four_hundred_thousand_files_break_the_loader_of_branches() => Branches(4_000 * Long);

    private static void Messages(int inputs)
    {
        byte[][] golden =
        [
            .. Directory.GetFiles(RepositoryFolder.PathOf("tests", "EdgeQueue.Tests", "Contracts", "golden")).Order(StringComparer.Ordinal)
                .SelectMany(File.ReadAllLines).Select(Encoding.UTF8.GetBytes),
        ];
        int taken = 0;
        Feeding.Feed(seed: 1, golden, inputs, input =>
        {
            taken += Read<CommandMessage>(input) + Read<ReplyMessage>(input) + Read<CounterMessage>(input) + Read<BoardMessage>(input)
                + Read<CallsMessage>(input) + Read<DispenserMessage>(input) + Read<NodeStatusMessage>(input)
                + Read<BranchStatusMessage>(input) + Read<NodeFile>(input) + Read<BookingsMessage>(input) + Read<DoctorAsk>(input) + ReadEvent(input);
            // What a node answers is shown to people: whatever is taken keeps its bounds.
            if (DoctorAnswer.TryRead(input, out DoctorAnswer? answer, out _))
            {
                taken++;
                Assert.True(answer.Findings.Count <= DoctorAnswer.MostFindings && answer.Findings.All(f => f == f.Bounded()));
            }
        });
        // Otherwise the inputs would all stop at the first brace, and nothing behind it would be tried.
        Assert.True(taken > inputs / 100, $"only {taken} of {inputs} inputs were still a message");
    }

    /// <summary>What could be read can be written, and read again as the same.</summary>
    private static int Read<T>(byte[] input)
        where T : class
    {
        if (!ContractJson.TryRead<T>(input, out T? read, out string? fault))
        {
            Assert.NotEmpty(fault);
            return 0;
        }

        byte[] written = ContractJson.Write(read);
        Assert.True(ContractJson.TryRead<T>(written, out T? again, out fault), fault);
        Assert.Equal(written, ContractJson.Write(again));
        return 1;
    }

    private static int ReadEvent(byte[] input)
    {
        if (!JournalJson.TryRead(input, out Event? read, out string? fault))
        {
            Assert.NotEmpty(fault);
            return 0;
        }

        byte[] written = JournalJson.Write(read);
        Assert.True(JournalJson.TryRead(written, out Event? again, out fault), fault);
        Assert.Equal(written, JournalJson.Write(again));
        Assert.Equal(
            EventJson.TypeOf(again) == "visitCalled" ? "visitCalled" : Encoding.UTF8.GetString(written),
            ReplayJson.Read(EventJson.TypeOf(again), written) is var replayed && replayed is VisitCalled ? "visitCalled" : Encoding.UTF8.GetString(JournalJson.Write(replayed)));
        return 1;
    }

    private static void TopicsOf(int inputs)
    {
        var topics = new Topics("demo");
        byte[][] honest = [.. GoldenMessage.All.Select(m => m.Topic).Distinct().Select(Encoding.UTF8.GetBytes)];
        int taken = 0;
        Feeding.Feed(seed: 2, honest, inputs, input =>
        {
            string topic = Encoding.UTF8.GetString(input);
            if (topics.TryParse(topic, out TopicAddress? address))
            {
                taken++;
                Assert.Equal(topic, address.Kind switch
                {
                    TopicKind.Command => topics.Command(address.Unit!),
                    TopicKind.Reply => topics.Reply(address.Unit!),
                    TopicKind.Counter => topics.Counter(address.Name!),
                    TopicKind.Board => topics.Board(address.Name!),
                    TopicKind.Calls => topics.Calls(address.Name!),
                    TopicKind.Dispenser => topics.Dispenser(address.Unit!),
                    TopicKind.NodeStatus => topics.NodeStatus(address.Unit!),
                    TopicKind.DoctorAsk => topics.DoctorAsk(address.Unit!),
                    TopicKind.DoctorFindings => topics.DoctorFindings(address.Unit!),
                    TopicKind.Bookings => topics.Bookings,
                    TopicKind.BookingsHeld => topics.BookingsHeld,
                    TopicKind.Events => topics.Events,
                    TopicKind.Ack => topics.Ack,
                    TopicKind.Live => topics.Live,
                    TopicKind.IdentityRequest => topics.IdentityRequest(address.Name!),
                    TopicKind.IdentityRenew => topics.IdentityRenew(address.Name!),
                    TopicKind.IdentityCertificate => topics.IdentityCertificate(address.Name!),
                    TopicKind.CloudCommand => topics.CloudCommand,
                    TopicKind.CloudReply => topics.CloudReply,
                    TopicKind.Config => topics.Config,
                    TopicKind.ConfigHeld => topics.ConfigHeld,
                    TopicKind.UpdateOrder => topics.UpdateOrder(address.Name!),
                    TopicKind.UpdateState => topics.UpdateState(address.Name!),
                    TopicKind.Update => topics.Update,
                    TopicKind.UpdateHeld => topics.UpdateHeld,
                    TopicKind.BranchStatus => topics.BranchStatus,
                    _ => $"{address.Kind}, which this test does not know",
                });
            }
        });
        Assert.True(taken > inputs / 100, $"only {taken} of {inputs} inputs were still a topic");
    }

    private static void Keys(int inputs)
    {
        int told = 0;
        var decoder = new EvdevDecoder("fuzz", () => 0, () => []);
        byte[][] honest = [.. Enumerable.Range(1, 20).Select(Presses)];
        int fed = 0;
        Feeding.Feed(seed: 3, honest, inputs, input =>
        {
            decoder.Take(input, _ => told++);
            if (++fed % 5 == 0)
            {
                // Unplugged and plugged in again: what was half an event is forgotten, and the next bytes are read as they are meant.
                decoder.ReleaseAll(_ => { });
            }
        });
        Assert.True(told > inputs / 10, $"only {told} keys in {inputs} inputs");
    }

    /// <summary>The 24-byte events of a 64-bit kernel (linux/input.h): a key down, a report, up, a report.</summary>
    private static byte[] Presses(int key)
    {
        byte[] Event(ushort type, ushort code, int value) =>
            [.. new byte[16], .. BitConverter.GetBytes(type), .. BitConverter.GetBytes(code), .. BitConverter.GetBytes(value)];
        return [.. Event(1, (ushort)key, 1), .. Event(0, 0, 0), .. Event(1, (ushort)key, 0), .. Event(0, 0, 0)];
    }

    private static void Printers(int inputs) => Feeding.Feed(seed: 4, [[0x12, 0x16, 0x1E, 0x72, 0x00, 0x0C, 0x03]], inputs, input =>
    {
        foreach (byte answer in input)
        {
            foreach (EscPos.RealTimeStatus asked in Enum.GetValues<EscPos.RealTimeStatus>())
            {
                PrinterStatus status = EscPosStatus.RealTime(asked, answer);
                Assert.Equal(!EscPosStatus.IsRealTime(answer), status.Has(PrinterFaults.Unknown));
            }

            Assert.Equal(!EscPosStatus.IsInOrder(answer), EscPosStatus.InOrder(answer).Has(PrinterFaults.Unknown));
        }
    });

    private static void Branches(int inputs)
    {
        byte[] example = File.ReadAllBytes(RepositoryFolder.PathOf("examples", "branch", "branch.json"));
        int refused = 0;
        Feeding.Feed(seed: 5, [example], inputs, input =>
        {
            if (!BranchConfigurationLoader.TryLoad(input, id => id.StartsWith("Europe/", StringComparison.Ordinal), out _, out var faults))
            {
                refused++;
                Assert.NotEmpty(faults);
                Assert.All(faults, f => Assert.NotEmpty(f.Sentence));
            }
        });
        Assert.True(refused > inputs / 2, $"only {refused} of {inputs} changed files are refused");
    }
}
