using System.Diagnostics;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.EndToEnd.Access;

/// <summary>A real <c>edgequeue-node device</c> out of its box, with a seven-segment display of four digits behind a socket.</summary>
internal sealed class LitDevice : IAsyncDisposable
{
    // As a seven-segment font draws them (bit 0 = a … bit 6 = g): the digits, the hyphen.
    private static readonly byte[] Digits = [0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F];
    private const byte Hyphen = 0x40;

    private readonly Ht16k33Chip _chip = new();
    private readonly CancellationTokenSource _bus = new();
    private readonly Task _serving;
    private readonly Process _process;
    private readonly List<string> _log = [];

    public LitDevice(RegistrarUnderTest registrar, string name, int? port = null)
    {
        string socket = Path.Combine(registrar.Folder, name + ".i2c");
        _serving = new BusServer(socket, transfer =>
        {
            _chip.Write(transfer.Span[1..]);
        }).RunAsync(_bus.Token);
        var start = new ProcessStartInfo(Executables.Node, ["device", "--config", registrar.Device(name, new UnitConfiguration
        {
            Unit = "screen", Display = new DisplayConfiguration { Counter = "", Chip = "ht16k33-7", Path = "unix:" + socket },
        }, port)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["EDGEQUEUE_TOOL"] = Executables.Tool;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log);
            }
        }
    }

    /// <summary>Reads the claim code as a technician does: page by page, each with its number before it.</summary>
    public async Task<string> ReadCodeAsync()
    {
        var pages = new string?[4];
        await Eventually.Is(
            () =>
            {
                byte[] lit = [.. Enumerable.Range(0, 4).Select(_chip.LitSevenSegments)];
                if (lit[1] == Hyphen && Array.IndexOf(Digits, lit[0]) is var page and >= 1 and <= 4
                    && Array.IndexOf(Digits, lit[2]) is var tens and >= 0 && Array.IndexOf(Digits, lit[3]) is var ones and >= 0)
                {
                    pages[page - 1] = $"{tens}{ones}";
                }

                return pages.All(p => p is not null);
            },
            "all pages of the code", 40);
        return string.Concat(pages);
    }

    /// <summary>Until the label is lit, e.g. A001; letters as far as the tests need them.</summary>
    public async Task ShowsAsync(string label)
    {
        byte[] wanted = [.. label.Select(c => c == 'A' ? (byte)0x77 : Digits[c - '0'])];
        byte[] lit = [];
        try
        {
            await Eventually.Is(
                () => (lit = [.. Enumerable.Range(0, 4).Select(d => (byte)(_chip.LitSevenSegments(d) & 0x7F))]).SequenceEqual(wanted), $"{label} is lit");
        }
        finally
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"lit: {Convert.ToHexString(lit)}");
        }
    }

    /// <summary>The program ends; its display stays on the bus.</summary>
    public void SwitchOff()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        SwitchOff();

        await _process.WaitForExitAsync();
        _process.Dispose();
        await _bus.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _bus.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine("The device's log:\n" + Log);
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.Add(line);
            }
        }
    }
}
