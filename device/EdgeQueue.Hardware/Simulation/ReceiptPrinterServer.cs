using System.Net;
using System.Net.Sockets;
using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.Hardware.Simulation;

/// <summary>A <see cref="ReceiptPrinterChip"/> behind a TCP port, as network printers listen on 9100.</summary>
public sealed class ReceiptPrinterServer(IPEndPoint address, int widthDots, Action<MonochromeBitmap> ticket)
{
    private readonly Lock gate = new();
    private readonly ReceiptPrinterChip chip = new(widthDots);
    private readonly TcpListener listener = new(address);

    /// <summary>The port, once <see cref="Start"/> was called.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public long UnknownBytes
    {
        get
        {
            lock (gate)
            {
                return chip.UnknownBytes;
            }
        }
    }

    /// <summary>What the sensors say; paper that was waiting for it comes out at once.</summary>
    public PrinterFaults Faults
    {
        get
        {
            lock (gate)
            {
                return chip.Faults;
            }
        }

        set
        {
            lock (gate)
            {
                chip.Faults = value;
                chip.Work();
                GiveOut();
            }
        }
    }

    public void Start() => listener.Start();

    /// <summary>Serves connections until cancelled. Like the real ones it talks to several at once and prints in order of arrival.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = cancellation.Register(listener.Stop);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(cancellation), cancellation);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException && cancellation.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken cancellation)
    {
        using (client)
        {
            var stream = client.GetStream();
            var buffer = new byte[8192];
            try
            {
                while (await stream.ReadAsync(buffer, cancellation) is var count and > 0)
                {
                    byte[] reply;
                    lock (gate)
                    {
                        reply = chip.Take(buffer.AsSpan(0, count));
                        GiveOut();
                    }

                    await stream.WriteAsync(reply, cancellation);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The other side went away, or we stop: the paper that is out is out.
            }
        }
    }

    private void GiveOut()
    {
        foreach (var picture in chip.Tickets)
        {
            ticket(picture);
        }

        chip.Tickets.Clear();
    }
}
