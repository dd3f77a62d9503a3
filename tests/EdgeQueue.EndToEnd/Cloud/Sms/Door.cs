using System.Net;
using System.Net.Sockets;

namespace EdgeQueue.EndToEnd.Cloud.Sms;

/// <summary>Passes connections on: Kannel must know where the cloud is before the cloud knows its port.</summary>
internal sealed class Door : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<int> _target = new();

    public Door(int port)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public void LeadTo(int port) => _target.SetResult(port);

    public ValueTask DisposeAsync()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient from = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = PassAsync(from);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task PassAsync(TcpClient from)
    {
        using (from)
        using (var to = new TcpClient())
        {
            try
            {
                await to.ConnectAsync("127.0.0.1", await _target.Task, CancellationToken.None);
                await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream()), to.GetStream().CopyToAsync(from.GetStream()));
            }
            catch (Exception end) when (end is IOException or SocketException)
            {
                // One side has gone.
            }
        }
    }
}
