using System.Net;
using System.Net.Sockets;

namespace EdgeQueue.Tool.Stage;

/// <summary>Ports that nobody listens on at this moment, on the loopback interface.</summary>
internal static class FreePorts
{
    public static int[] Take(int count)
    {
        // All are held until the last is known, so that none comes twice.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners)
        {
            listener.Start();
        }

        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
        {
            listener.Stop();
        }

        return ports;
    }

    /// <summary>The wanted port; an exception with a sentence when it is taken.</summary>
    public static int Claim(int port, string option)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException e)
        {
            throw new StageException($"Port {port} cannot be used ({e.Message}). Choose another with {option} N.");
        }
    }
}

/// <summary>The stage cannot be set; the message says what and what to do.</summary>
internal sealed class StageException(string message) : Exception(message);
