using System.Net;
using System.Net.Sockets;

namespace EdgeQueue.Tool.Claims;

/// <summary>
/// Asks the network for a hub: one question for <c>_edgequeue._tcp.local</c> from a port of its own, which responders answer directly
/// (RFC 6762 §5.1, §6.7). What comes back is only an address to try; who is there is for the claim code to find out.
/// </summary>
internal static class MulticastQuestion
{
    /// <summary>RFC 6762 §3.</summary>
    public static IPEndPoint Everybody { get; } = new(IPAddress.Parse("224.0.0.251"), 5353);

    /// <summary>The first answer with a port and an address; null: none within the time.</summary>
    public static async Task<(string Host, int Port)?> AskAsync(IPEndPoint whom, TimeSpan patience, CancellationToken cancellation)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Any, 0));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            await socket.SendAsync(ServiceAnswer.Question, whom, limit.Token);
            while (true)
            {
                UdpReceiveResult answer = await socket.ReceiveAsync(limit.Token);
                if (ServiceAnswer.Read(answer.Buffer) is { } service)
                {
                    return ((service.Address ?? answer.RemoteEndPoint.Address).ToString(), service.Port);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (SocketException)
        {
            // No network yet, or none that takes multicast.
            return null;
        }
    }
}
