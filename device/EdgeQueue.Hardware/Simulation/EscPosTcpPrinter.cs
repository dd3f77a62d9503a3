using System.Net;
using System.Net.Sockets;
using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.Hardware.Simulation;

/// <summary>A network printer on the loopback interface: <see cref="EscPosPaper"/> behind a raw TCP port, one connection at a time.</summary>
public sealed class EscPosTcpPrinter : IDisposable
{
    private readonly TcpListener listener;
    private readonly Lock oneAtATime = new();
    private readonly EscPosPaper paper;
    private NetworkStream? current;

    /// <param name="port">0: a free one.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public EscPosTcpPrinter(int port)
    {
        paper = new EscPosPaper(Answer);
        paper.TicketCut += ticket => TicketCut?.Invoke(ticket);
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
    }

    /// <summary>Called on the serving thread.</summary>
    public event Action<MonoBitmap>? TicketCut;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public PrinterFaults Faults
    {
        get
        {
            lock (oneAtATime)
            {
                return paper.Faults;
            }
        }

        set
        {
            lock (oneAtATime)
            {
                paper.SetFaults(value);
            }
        }
    }

    /// <summary>Serves until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(cancellation);
                client.NoDelay = true;
                await ServeAsync(client.GetStream(), cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            listener.Stop();
        }
    }

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        try
        {
            current = stream;
            while (await stream.ReadAsync(buffer, cancellation) is var count and > 0)
            {
                lock (oneAtATime)
                {
                    paper.Write(buffer.AsSpan(0, count));
                }
            }
        }
        catch (IOException)
        {
            // The node was stopped or killed in the middle of a job; the paper keeps what it has.
        }
        finally
        {
            current = null;
        }
    }

    private void Answer(byte value)
    {
        try
        {
            current?.WriteByte(value);
        }
        catch (IOException)
        {
            // Whoever asked has gone.
        }
    }
}
