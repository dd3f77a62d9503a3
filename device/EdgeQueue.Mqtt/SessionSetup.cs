using System.Runtime.InteropServices;
using EdgeQueue.Mqtt.Native;

namespace EdgeQueue.Mqtt;

/// <summary>Puts the options into a new client and starts to connect it. Both answer null, or why not, in words.</summary>
internal static class SessionSetup
{
    /// <summary>
    /// QoS 1 messages that may be on the way unacknowledged, in each direction: the same as max_inflight_messages of the
    /// broker's configuration, because mosquitto 2.0.11 goes by that and not by the client's Receive Maximum (702 were
    /// on the way to a client that had asked for 64). The library's own default of 20 costs throughput.
    /// </summary>
    public const int Window = 1000;

    public static string? Apply(MosquittoClient client, MqttOptions options)
    {
        Must(LibMosquitto.IntOption(client, IntOption.ProtocolVersion, 5));
        // Off by default, on both sides: with Nagle's algorithm a round trip takes 88 ms instead of 0.1 ms.
        Must(LibMosquitto.IntOption(client, IntOption.TcpNoDelay, 1));
        Must(LibMosquitto.IntOption(client, IntOption.SendMaximum, Window));
        Must(LibMosquitto.IntOption(client, IntOption.ReceiveMaximum, Window));
        if (options.Will is { } will)
        {
            Must(SetWill(client, will));
        }

        return options.Tls is { } tls ? SetTls(client, tls) : null;
    }

    public static unsafe string? Connect(
        MosquittoClient client, MqttOptions options, string? bindAddress, Func<int, int, string> whyFailed)
    {
        nint properties = 0;
        int keepAlive = (int)options.KeepAlive.TotalSeconds;
        try
        {
            if (options.SessionExpiry > TimeSpan.Zero)
            {
                Must(LibMosquitto.PropertyAddInt32(
                    &properties, Property.SessionExpiryInterval, (uint)Math.Min(uint.MaxValue, options.SessionExpiry.TotalSeconds)));
            }

            Must(LibMosquitto.PropertyAddInt32(&properties, Property.MaximumPacketSize, (uint)options.MaximumPacketSize));

            // connect_bind_v5 blocks for as long as TCP tries (two minutes); connect_bind_async does not, but takes no
            // properties: it uses those of the last connect_bind_v5. A keep-alive of 1 s is refused there before
            // anything is opened, and the properties are kept. A test sees that they arrive at the broker.
            int refused = LibMosquitto.ConnectBind(client, options.Host, options.Port, keepAlive: 1, bindAddress, properties);
            if (refused != ReturnCode.Invalid)
            {
                throw new InvalidOperationException($"libmosquitto took a keep-alive of 1 s ({MosquittoClient.Describe(refused)}).");
            }
        }
        finally
        {
            LibMosquitto.PropertyFreeAll(&properties);
        }

        int result = LibMosquitto.ConnectBindAsync(client, options.Host, options.Port, keepAlive, bindAddress);
        // Negative: still on the way (MOSQ_ERR_CONN_PENDING).
        return result <= 0 ? null : whyFailed(result, Marshal.GetLastPInvokeError());
    }

    private static unsafe int SetWill(MosquittoClient client, MqttPublication will)
    {
        nint properties = 0;
        if (will.Expiry is { } expiry)
        {
            Must(LibMosquitto.PropertyAddInt32(&properties, Property.MessageExpiryInterval, (uint)expiry.TotalSeconds));
        }

        int result;
        fixed (byte* payload = will.Payload.Span)
        {
            result = LibMosquitto.WillSet(
                client, will.Topic, will.Payload.Length, payload, will.QoS, will.Retain ? (byte)1 : (byte)0, properties);
        }

        // Unlike connect and publish, the will keeps the properties: freeing them here would free them twice.
        if (result != ReturnCode.Success)
        {
            LibMosquitto.PropertyFreeAll(&properties);
        }

        return result;
    }

    private static string? SetTls(MosquittoClient client, MqttTls tls)
    {
        foreach (string? file in new[] { tls.AuthorityFile, tls.CertificateFile, tls.KeyFile })
        {
            try
            {
                using (file is null ? null : File.OpenHandle(file))
                {
                }
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                return $"TLS: {file} cannot be read: {unreadable.Message}";
            }
        }

        // Without mosquitto_tls_opts_set the library takes TLS 1.2 and later, and verifies chain and name.
        Must(LibMosquitto.TlsSet(client, tls.AuthorityFile, null, tls.CertificateFile, tls.KeyFile, 0));
        return null;
    }

    private static void Must(int result)
    {
        if (result != ReturnCode.Success)
        {
            throw new InvalidOperationException($"libmosquitto refused an option: {MosquittoClient.Describe(result)}");
        }
    }
}
