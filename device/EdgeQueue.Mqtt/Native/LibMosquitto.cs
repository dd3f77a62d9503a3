using System.Runtime.InteropServices;

namespace EdgeQueue.Mqtt.Native;

/// <summary>
/// The calls of libmosquitto 2.0 that are used, with the library's own names (mosquitto.h).
/// DisableRuntimeMarshalling is on for this assembly: a C <c>bool</c> is a byte here.
/// </summary>
internal static unsafe partial class LibMosquitto
{
    private const string Library = "libmosquitto.so.1";

    [LibraryImport(Library, EntryPoint = "mosquitto_lib_init")]
    public static partial int LibInit();

    /// <summary>With a NULL <paramref name="user"/> the library hands the client pointer to callbacks instead: never pass 0.</summary>
    [LibraryImport(Library, EntryPoint = "mosquitto_new", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial nint New(string id, byte cleanStart, nint user);

    [LibraryImport(Library, EntryPoint = "mosquitto_destroy")]
    public static partial void Destroy(nint client);

    [LibraryImport(Library, EntryPoint = "mosquitto_int_option")]
    public static partial int IntOption(MosquittoClient client, IntOption option, int value);

    /// <summary>On success the library owns <paramref name="properties"/>; on failure the caller still does.</summary>
    [LibraryImport(Library, EntryPoint = "mosquitto_will_set_v5", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int WillSet(
        MosquittoClient client, string topic, int length, byte* payload, int qos, byte retain, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_tls_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TlsSet(
        MosquittoClient client, string authorityFile, string? authorityFolder, string? certificateFile, string? keyFile, nint passwordCallback);

    /// <summary>Blocks in the name lookup and in connect(2); the properties stay the caller's.</summary>
    [LibraryImport(Library, EntryPoint = "mosquitto_connect_bind_v5", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int ConnectBind(
        MosquittoClient client, string host, int port, int keepAlive, string? bindAddress, nint properties);

    /// <summary>Blocks in the name lookup only; takes the properties of the last <see cref="ConnectBind"/>.</summary>
    [LibraryImport(Library, EntryPoint = "mosquitto_connect_bind_async", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int ConnectBindAsync(MosquittoClient client, string host, int port, int keepAlive, string? bindAddress);

    [LibraryImport(Library, EntryPoint = "mosquitto_disconnect_v5", SetLastError = true)]
    public static partial int Disconnect(MosquittoClient client, int reason, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_socket")]
    public static partial int Socket(MosquittoClient client);

    [LibraryImport(Library, EntryPoint = "mosquitto_want_write")]
    public static partial byte WantWrite(MosquittoClient client);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop_read", SetLastError = true)]
    public static partial int LoopRead(MosquittoClient client, int maximumPackets);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop_write", SetLastError = true)]
    public static partial int LoopWrite(MosquittoClient client, int maximumPackets);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop_misc", SetLastError = true)]
    public static partial int LoopMisc(MosquittoClient client);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe_v5", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Subscribe(MosquittoClient client, int* id, string filter, int qos, int options, nint properties);

    /// <summary>The properties and the payload stay the caller's.</summary>
    [LibraryImport(Library, EntryPoint = "mosquitto_publish_v5", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Publish(
        MosquittoClient client, int* id, string topic, int length, byte* payload, int qos, byte retain, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_int32")]
    public static partial int PropertyAddInt32(nint* properties, Property identifier, uint value);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_free_all")]
    public static partial void PropertyFreeAll(nint* properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_strerror")]
    public static partial nint StrError(int code);

    [LibraryImport(Library, EntryPoint = "mosquitto_ssl_get")]
    public static partial nint SslGet(nint client);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect_v5_callback_set")]
    public static partial void OnConnect(MosquittoClient client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_disconnect_v5_callback_set")]
    public static partial void OnDisconnect(MosquittoClient client, delegate* unmanaged[Cdecl]<nint, nint, int, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish_v5_callback_set")]
    public static partial void OnPublish(MosquittoClient client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_message_v5_callback_set")]
    public static partial void OnMessage(MosquittoClient client, delegate* unmanaged[Cdecl]<nint, nint, Message*, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe_v5_callback_set")]
    public static partial void OnSubscribe(MosquittoClient client, delegate* unmanaged[Cdecl]<nint, nint, int, int, int*, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_log_callback_set")]
    public static partial void OnLog(MosquittoClient client, delegate* unmanaged[Cdecl]<nint, nint, int, byte*, void> callback);
}

/// <summary><c>struct mosquitto_message</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Message
{
    public int Id;
    public byte* Topic;
    public byte* Payload;
    public int Length;
    public int QoS;
    public byte Retain;
}

/// <summary><c>enum mosq_opt_t</c>.</summary>
internal enum IntOption
{
    ProtocolVersion = 1,
    ReceiveMaximum = 4,
    SendMaximum = 5,
    TcpNoDelay = 11,
}

/// <summary>MQTT 5.0 §2.2.2.2.</summary>
internal enum Property
{
    MessageExpiryInterval = 2,
    SessionExpiryInterval = 17,
    MaximumPacketSize = 39,
}

/// <summary>The part of <c>enum mosq_err_t</c> that is told apart.</summary>
internal static class ReturnCode
{
    public const int Success = 0;
    public const int Invalid = 3;
    public const int NoConnection = 4;
    public const int ConnectionRefused = 5;
    public const int ConnectionLost = 7;
    public const int Tls = 8;
    public const int PayloadSize = 9;
    public const int Errno = 14;
    public const int NameLookup = 15;
    public const int KeepAlive = 19;
    public const int OversizePacket = 25;
}
