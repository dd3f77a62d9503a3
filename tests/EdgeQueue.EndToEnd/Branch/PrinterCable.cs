using System.Net;
using System.Net.Sockets;

namespace EdgeQueue.EndToEnd.Branch;

/// <summary>The cable between a dispenser and its printer, which can be pulled out in the middle of a ticket.</summary>
internal sealed class PrinterCable : IAsyncDisposable
{
    /// <summary>A question for the printer's state has a few bytes; a ticket has tens of thousands.</summary>
    private const int Question = 64;

    private readonly CancellationTokenSource stop = new();
    private readonly List<TcpClient> open = [];
    private readonly Lock gate = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private Task accepting = Task.CompletedTask;
    private int pullAfter = int.MaxValue;
    private bool pulled;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public bool IsPulled => Volatile.Read(ref pulled);

    public void Start(int printerPort)
    {
        listener.Start();
        accepting = Task.Run(() => AcceptAsync(printerPort));
    }

    /// <summary>After so many bytes of the next ticket the cable is out. The printer, without power, forgets what it got.</summary>
    public void PullAfter(int bytes) => Volatile.Write(ref pullAfter, bytes);

    public void PlugIn()
    {
        Volatile.Write(ref pullAfter, int.MaxValue);
        Volatile.Write(ref pulled, false);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        CloseAll();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync(int printerPort)
    {
        while (true)
        {
            var node = await listener.AcceptTcpClientAsync(stop.Token);
            if (IsPulled)
            {
                node.Dispose();
                continue;
            }

            var printer = new TcpClient();
            await printer.ConnectAsync(IPAddress.Loopback, printerPort, stop.Token);
            lock (gate)
            {
                open.AddRange([node, printer]);
            }

            _ = CarryAsync(node, printer, toPrinter: true);
            _ = CarryAsync(printer, node, toPrinter: false);
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to, bool toPrinter)
    {
        var buffer = new byte[4096];
        var taken = 0;
        try
        {
            while (await from.GetStream().ReadAsync(buffer, stop.Token) is var count and > 0)
            {
                var armed = toPrinter && Volatile.Read(ref pullAfter) != int.MaxValue;
                taken += armed ? count : 0;
                if (armed && taken > Volatile.Read(ref pullAfter))
                {
                    Volatile.Write(ref pulled, true);
                    CloseAll();
                    return;
                }

                if (!armed || count <= Question)
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, count), stop.Token);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The other end is gone.
        }

        to.Close();
    }

    private void CloseAll()
    {
        lock (gate)
        {
            foreach (var end in open.Where(end => end.Client is not null))
            {
                // RST, as when the other machine is switched off: nothing that was on its way arrives.
                end.LingerState = new LingerOption(true, 0);
                end.Close();
            }

            open.Clear();
        }
    }
}
