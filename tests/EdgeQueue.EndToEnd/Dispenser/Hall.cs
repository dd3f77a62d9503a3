using System.Net;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Hardware.Simulation;
using EdgeQueue.Node.Drawing;

namespace EdgeQueue.EndToEnd.Dispenser;

/// <summary>
/// A hall with one dispenser: a real broker, the real executable, buttons over a FIFO, a printer on TCP, a lamp as a file, and
/// the test in the hub's place.
/// </summary>
public sealed class Hall : IAsyncDisposable
{
    public const int Buttons = 4;

    private static readonly KeyCode[] Keys = [KeyCode.Digit1, KeyCode.Digit2, KeyCode.Digit3, KeyCode.Digit4];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequeue-dispenser-");
    private readonly CancellationTokenSource stop = new();
    private readonly List<MonochromeBitmap> paper = [];
    private Task printing = Task.CompletedTask;

    public Broker Broker { get; private set; } = null!;

    public AnsweringHub Hub { get; private set; } = null!;

    public NodeProcess Node { get; private set; } = null!;

    public FakeKeys Fingers { get; private set; } = null!;

    public ReceiptPrinterServer Printer { get; private set; } = null!;

    public string Lamp => Path.Combine(folder.FullName, "lamp");

    public IReadOnlyList<MonochromeBitmap> Paper
    {
        get
        {
            lock (paper)
            {
                return [.. paper];
            }
        }
    }

    /// <param name="template">Lines of the ticket; none: the standard ticket.</param>
    public static async Task<Hall> OpenAsync(params string[] template)
    {
        var hall = new Hall { Broker = await Broker.StartAsync() };
        hall.Hub = new AnsweringHub(hall.Broker);
        hall.Fingers = new FakeKeys(Path.Combine(hall.folder.FullName, "keys"));
        hall.Printer = new ReceiptPrinterServer(new IPEndPoint(IPAddress.Loopback, 0), 576, hall.Keep);
        hall.Printer.Start();
        hall.printing = hall.Printer.RunAsync(hall.stop.Token);
        await File.WriteAllTextAsync(hall.Lamp, "0");
        hall.Node = NodeProcess.Start(hall.Broker, hall.folder.FullName, "hall", new UnitConfiguration
        {
            Unit = "buttons",
            Dispenser = new DispenserConfiguration
            {
                Input = Path.Combine(hall.folder.FullName, "keys"),
                Buttons = [.. Enumerable.Range(1, Buttons).Select(b => new ButtonConfiguration($"KEY_{b}", "cash", Language: "en"))],
                Printer = new PrinterConfiguration { Path = $"tcp://127.0.0.1:{hall.Printer.Port}", Template = template },
                Lamp = hall.Lamp,
            },
        });
        await Eventually.Is(() => hall.Hub.Status is { Online: true }, "the dispenser is connected");
        await hall.Hub.OfferAsync(hall.Node.Address, Buttons);
        await Eventually.Is(() => hall.Node.Log.Contains(">1110 ", StringComparison.Ordinal), "numbers for times without the hub are on the disk");
        return hall;
    }

    /// <param name="button">From 0.</param>
    public void Press(int button = 0) => Fingers.Press(Keys[button]);

    public bool NodeSaid(int id) => Node.Log.Contains($">{id} ", StringComparison.Ordinal);

    /// <summary>What stands on the papers, when the template is the label alone; a paper that nobody can read is null.</summary>
    public IReadOnlyList<string?> Labels(IEnumerable<string> possible)
    {
        var template = TicketTemplate.Parse(["label"]).Template!;
        var picture = new TicketPicture(template, 576);
        var readable = possible.Distinct().ToDictionary(
            l => Dots(picture.Draw(new TicketContent("en", "", "", l, "")).Picture), l => l, StringComparer.Ordinal);
        return [.. Paper.Select(p => readable.GetValueOrDefault(Dots(p)))];
    }

    /// <summary>A picture without the blank paper below, for comparing.</summary>
    public static string Dots(MonochromeBitmap picture) => Convert.ToBase64String(picture.Rows.AsSpan().TrimEnd((byte)0));

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Hub.DisposeAsync();
        await Broker.DisposeAsync();
        Fingers.Dispose();
        await stop.CancelAsync();
        await printing;
        folder.Delete(recursive: true);
    }

    private void Keep(MonochromeBitmap ticket)
    {
        lock (paper)
        {
            paper.Add(ticket);
        }
    }
}
