using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Drawing;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser;
using EdgeQueue.Node.Roles.Dispenser.Store;

namespace EdgeQueue.Tests.Node.Dispenser;

/// <summary>A dispenser with a store on disk, a hub line and a printer that the test plays, and a clock that it moves.</summary>
internal sealed class Branch : IDisposable
{
    private readonly TempFolder folder = new();

    public FakeTime Time { get; } = new();

    public FakeBoot Boot { get; } = new();

    public FakeHub Hub { get; private set; } = null!;

    public FakePrinter Printer { get; } = new();

    public DispenserStore Store { get; private set; } = null!;

    public BranchTime BranchTime { get; private set; } = null!;

    public NodeStatus Status { get; private set; } = null!;

    /// <summary>What the person in front of the dispenser was told.</summary>
    public List<DeskNotice> Told { get; } = [];

    public int RefusedAloud => Told.OfType<DeskNotice.Refused>().Count();

    public Menu Menu { get; private set; } = null!;

    public string StorePath => folder.File("store");

    public RoleLoop Loop { get; private set; } = null!;

    public TicketDesk Desk { get; private set; } = null!;

    public LeaseKeeper Leases { get; private set; } = null!;

    public CatchUp CatchUp { get; private set; } = null!;

    public PrintQueue Prints { get; private set; } = null!;

    public Branch() => Start();

    /// <summary>The process starts, perhaps again: what is in memory is gone, what is on the disk is there.</summary>
    public void Start()
    {
        Store?.Dispose();
        Loop = new RoleLoop(Time);
        Hub = new FakeHub();
        var log = new NodeLog(TextWriter.Null, Time);
        Status = new NodeStatus("dispenser", "1", new SeenPosition(), log);
        Store = DispenserStore.Open(StorePath);
        BranchTime = new BranchTime(Boot);
        var clock = new TicketClock(BranchTime);
        var configuration = new DispenserConfiguration
        {
            Input = "", Printer = new PrinterConfiguration { Path = "" },
            Buttons =
            [
                new ButtonConfiguration("KEY_1", "cash"),
                new ButtonConfiguration("KEY_2", "loans", Wants: ["arabic"], Operator: "anna"),
                new ButtonConfiguration(
                    "KEY_3", "cash", Attributes: ["veteran"], People: 4, Steps: [new StepConfiguration("loans", "anna")], BestOrder: true),
                new ButtonConfiguration("KEY_4", "cash", Ask: ["people", "person", "case"]),
            ],
        };
        Menu = new Menu(folder.File("menu"), configuration);
        Leases = new LeaseKeeper(new UnitAddress("hall", "buttons"), Store, Hub, Status, log);
        Prints = new PrintQueue(Store, Printer, clock, new TicketComposer("b", Menu), Loop, Status, log);
        CatchUp = new CatchUp(Store, Hub, clock, Status, log);
        Desk = new TicketDesk(Store, Hub, Leases, Menu, Printer, clock, Loop, Status, log);
        Desk.Changed += Prints.Consider;
        Desk.Changed += CatchUp.Consider;
        Prints.Ended += CatchUp.Consider;
        Desk.Noticed += Told.Add;
        Prints.Noticed += Told.Add;
    }

    public void Recover()
    {
        Desk.Recover();
        Prints.Recover();
        CatchUp.Consider();
        Loop.RunPosted();
    }

    public void HubBeats(long at, int day = 1)
    {
        BranchTime.Heard(new BranchStatusMessage(1, "j", 1, true, 1, at, at, true, day, 0, "1", [], []), TimeSpan.Zero, false);
        Hub.IsThere = true;
        CatchUp.Consider();
        Loop.RunPosted();
    }

    public void HoldNumbers(int first, int last, string lease = "L1") => Store.Append(
        new NumbersHeld([.. Store.State.Blocks, new HeldBlock(lease, "cash", "A", 3, first, last, first)]));

    public void Press()
    {
        Desk.Press(0);
        Loop.RunPosted();
    }

    public void Pass(double seconds)
    {
        Boot.Milliseconds += (long)(seconds * 1000);
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= TimeSpan.FromMilliseconds(100))
        {
            Time.Advance(TimeSpan.FromMilliseconds(Math.Min(100, left.TotalMilliseconds)));
            Loop.RunPosted();
        }
    }

    public void Answer(string id, ReplyMessage reply)
    {
        Hub.Answer(id, reply);
        Loop.RunPosted();
    }

    public static ReplyMessage Ticket(string id, long visit, string label) => new(
        1, id, "j", 10, null, new TicketResult(visit, label, "cash", null, "en", 3, null, "2026-03-01T10:00", "x"));

    public void Dispose()
    {
        Store.Dispose();
        folder.Dispose();
    }
}

internal sealed class FakeBoot : IBootClock
{
    public string BootId { get; set; } = "boot-1";

    public long Milliseconds { get; set; } = 100_000;
}

/// <summary>The hub's side of the line, played by the test.</summary>
internal sealed class FakeHub : IHubLine
{
    private readonly Dictionary<string, Action<CommandResult>> waiting = [];

    public bool IsThere { get; set; } = true;

    public bool MayAnswer => IsThere;

    public bool Present => IsThere;

    /// <summary>Everything that left the dispenser, in order; null: a withdrawal.</summary>
    public List<(string Id, Command? Command)> Sent { get; } = [];

    public List<string> Forgotten { get; } = [];

    public IEnumerable<T> All<T>() => Sent.Select(s => s.Command).OfType<T>();

    public string IdOf<T>() => Sent.Last(s => s.Command is T).Id;

    public void Ask(string id, Command command, Action<CommandResult> final) => Send(id, command, final);

    public void Forget(string id)
    {
        Forgotten.Add(id);
        waiting.Remove(id);
    }

    public void Withdraw(string id, Action<CommandResult> final) => Send(id, null, final);

    public string Envelope(string id, Command command) =>
        System.Text.Encoding.UTF8.GetString(ContractJson.Write(new CommandMessage(1, id, null, command)));

    public void Insist(string id, string envelope, Action<CommandResult> final)
    {
        Assert.True(ContractJson.TryRead<CommandMessage>(System.Text.Encoding.UTF8.GetBytes(envelope), out var message, out _));
        Send(id, message.Command, final);
    }

    public void Answer(string id, ReplyMessage reply)
    {
        if (waiting.Remove(id, out var final))
        {
            final(reply.Refusal is null ? new Accepted(reply) : new Refused(reply));
        }
    }

    private void Send(string id, Command? command, Action<CommandResult> final)
    {
        Sent.Add((id, command));
        waiting[id] = final;
    }
}

/// <summary>A printer that ends as the test says, and remembers what paper there is.</summary>
internal sealed class FakePrinter : ITicketPrinter
{
    public PrinterStatus Status { get; set; } = PrinterStatus.Ready;

    public PrintResult Result { get; set; } = PrintResult.Printed;

    /// <summary>Set: a print does not end until it is completed.</summary>
    public TaskCompletionSource<EdgeQueue.Hardware.Printers.PrintOutcome>? Held { get; set; }

    public List<string> Paper { get; } = [];

    public List<TicketContent> Drawn { get; } = [];

    public Task<byte[]?> DrawAsync(TicketContent content)
    {
        Drawn.Add(content);
        return Task.FromResult<byte[]?>(System.Text.Encoding.UTF8.GetBytes(content.Label + (content.IsCopy ? " COPY" : "")));
    }

    public Task<EdgeQueue.Hardware.Printers.PrintOutcome> PrintAsync(byte[] job)
    {
        if (Result != PrintResult.NotStarted)
        {
            Paper.Add(System.Text.Encoding.UTF8.GetString(job));
        }

        return Held?.Task ?? Task.FromResult(new EdgeQueue.Hardware.Printers.PrintOutcome(Result, Status, null));
    }
}
