using System.Net;
using System.Net.Sockets;

namespace EdgeQueue.Mqtt;

/// <summary>What a name stands for: one source address to bind to per address family, in the resolver's order.</summary>
/// <remarks>
/// libmosquitto's connecting without blocking tries the first address only. Binding to "any address" of a family makes
/// it choose the first of that family, so that "localhost" reaches a broker that listens on 127.0.0.1 but not on ::1.
/// The name itself must still be given to the library, because it is what the broker's certificate is checked against;
/// it looks it up a second time, which is quick once it has succeeded here.
/// </remarks>
internal sealed record HostLookup(IReadOnlyList<string?> BindAddresses, string? Failure)
{
    /// <summary>Waits at most <paramref name="limit"/>, or until <paramref name="stop"/>.</summary>
    public static HostLookup Find(string host, TimeSpan limit, CancellationToken stop)
    {
        if (IPAddress.TryParse(host, out _))
        {
            return new([null], null);
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ends.CancelAfter(limit);
        try
        {
            AddressFamily[] families =
            [
                .. Dns.GetHostAddressesAsync(host, ends.Token).GetAwaiter().GetResult().Select(a => a.AddressFamily).Distinct(),
            ];
            return families.Length switch
            {
                0 => new([], FailureWords.NameLookup(host, "no address")),
                1 => new([null], null),
                _ => new([.. families.Select(f => f == AddressFamily.InterNetworkV6 ? "::" : "0.0.0.0")], null),
            };
        }
        catch (SocketException failure)
        {
            return new([], FailureWords.NameLookup(host, failure.Message));
        }
        catch (OperationCanceledException)
        {
            return new([], FailureWords.NameLookup(host, $"no answer within {limit.TotalSeconds:0} s"));
        }
    }
}
