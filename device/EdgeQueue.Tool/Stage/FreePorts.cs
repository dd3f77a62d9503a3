using System.Net;
using System.Net.Sockets;

namespace EdgeQueue.Tool.Stage;

/// <summary>
/// Ports that nobody listens on at this moment, on the loopback interface. They lie below those that the kernel gives to outgoing
/// connections (net.ipv4.ip_local_port_range, from 32,768 on): what is killed and started again on its port must not find somebody's connection there.
/// </summary>
internal static class FreePorts
{
    private const int First = 10_240;
    private const int Behind = 32_768;

    private static readonly Lock Gate = new();

    /// <summary>
    /// Given once, never again by this process: whoever got it may not listen yet, or be down for a while and come back to it.
    /// Another process does not know that; it would have to draw the same of 22,528.
    /// </summary>
    private static readonly HashSet<int> Given = [];

    public static int[] Take(int count)
    {
        // All are held until the last is known, so that none comes twice.
        var held = new List<Socket>();
        while (held.Count < count)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, Draw()));
                held.Add(socket);
            }
            catch (SocketException)
            {
                // Taken: another one.
                socket.Dispose();
            }
        }

        var ports = held.Select(s => ((IPEndPoint)s.LocalEndPoint!).Port).ToArray();
        held.ForEach(s => s.Dispose());
        return ports;
    }

    private static int Draw()
    {
        lock (Gate)
        {
            if (Given.Count == Behind - First)
            {
                Given.Clear();
            }

            int port;
            do
            {
                port = Random.Shared.Next(First, Behind);
            }
            while (!Given.Add(port));

            return port;
        }
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
