using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Mqtt;

/// <summary>
/// The few bytes of a broker that answers as a test wants: what mosquitto with our configuration never says, or says at
/// another moment (MQTT 5.0 §3.2, §3.9, §3.14). Without TLS.
/// </summary>
internal sealed class ScriptedBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public ScriptedBroker()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public byte ConnectReason { get; init; }

    public byte SubscribeReason { get; init; } = 1;

    /// <summary>Sent after the SUBACK; null: the connection stays.</summary>
    public byte? DisconnectReason { get; init; }

    /// <summary>Sent right after the CONNACK, before any SUBACK.</summary>
    public byte[] AfterConnect { get; init; } = [];

    public MqttOptions Options(params string[] subscriptions) => new()
    {
        Host = "127.0.0.1", Port = Port, ClientId = "scripted", Subscriptions = subscriptions,
    };

    /// <summary>A QoS 0 PUBLISH.</summary>
    public static byte[] Publish(string topic, string text)
    {
        byte[] name = System.Text.Encoding.UTF8.GetBytes(topic);
        byte[] payload = System.Text.Encoding.UTF8.GetBytes(text);
        return [0x30, (byte)(2 + name.Length + 1 + payload.Length), 0, (byte)name.Length, .. name, 0, .. payload];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
        {
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        while (await ReadPacketAsync(stream) is { } packet)
        {
            switch (packet.Kind)
            {
                case 1 when ConnectReason != 0:
                    await stream.WriteAsync(new byte[] { 0x20, 3, 0, ConnectReason, 0 }, _stop.Token);
                    return;
                case 1:
                    await stream.WriteAsync(new byte[] { 0x20, 3, 0, 0, 0 }, _stop.Token);
                    await stream.WriteAsync(AfterConnect, _stop.Token);
                    break;
                case 8:
                    ushort id = BinaryPrimitives.ReadUInt16BigEndian(packet.Body);
                    await stream.WriteAsync(new byte[] { 0x90, 4, (byte)(id >> 8), (byte)id, 0, SubscribeReason }, _stop.Token);
                    if (DisconnectReason is { } reason)
                    {
                        await stream.WriteAsync(new byte[] { 0xE0, 2, reason, 0 }, _stop.Token);
                    }

                    break;
                case 14:
                    return;
                case < 1:
                case > 15:
                    // Not MQTT (a TLS greeting, say): answer as a plain-text service would.
                    await stream.WriteAsync("what?\r\n"u8.ToArray(), _stop.Token);
                    return;
            }
        }
    }

    private async Task<(int Kind, byte[] Body)?> ReadPacketAsync(NetworkStream stream)
    {
        byte[] one = new byte[1];
        if (await stream.ReadAsync(one, _stop.Token) == 0)
        {
            return null;
        }

        int kind = one[0] == 0x16 ? 0 : one[0] >> 4;
        int length = 0;
        for (int shift = 0; kind != 0; shift += 7)
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            length |= (one[0] & 0x7F) << shift;
            if ((one[0] & 0x80) == 0)
            {
                break;
            }
        }

        byte[] body = new byte[length];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return (kind, body);
    }
}
