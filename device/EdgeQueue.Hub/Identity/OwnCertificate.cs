using EdgeQueue.Mqtt;
using Microsoft.Extensions.Logging;

namespace EdgeQueue.Hub.Identity;

/// <summary>The own certificate of the hub or its desk for updates, which the registrar renews: when its file is another, the program connects anew with it.</summary>
internal sealed class OwnCertificate(string path, IMqttConnection connection, ILogger log, TimeProvider time)
{
    /// <summary>The certificate is renewed long before it ends: nobody waits for this.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private byte[] _known = Read(path);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                Look();
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    /// <summary>Commands that come in this moment are not heard; their nodes say them again.</summary>
    public void Look()
    {
        byte[] now = Read(path);
        if (now.Length > 0 && !now.AsSpan().SequenceEqual(_known))
        {
            _known = now;
            IdentityLog.OwnRenewed(log);
            connection.Reconnect();
        }
    }

    /// <summary>Empty: it cannot be read just now, and the connection that stands goes on.</summary>
    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
