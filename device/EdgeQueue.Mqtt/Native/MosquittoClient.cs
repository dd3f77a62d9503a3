using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeQueue.Mqtt.Native;

/// <summary>What libmosquitto calls back, always on the thread that is inside one of its functions.</summary>
internal interface IMosquittoEvents
{
    void Connected(int reason);

    void Disconnected(int reason);

    void Subscribed(int id, ReadOnlySpan<int> granted);

    void Answered(int id, int reason);

    void Arrived(string topic, ReadOnlySpan<byte> payload, bool retained);

    void Logged(int level, string text, int? certificateError);

    /// <summary>A callback threw. No exception may travel through C frames, so it is handed over instead.</summary>
    void Faulted(Exception fault);
}

/// <summary>
/// One <c>struct mosquitto</c>. The GCHandle to the receiver of the callbacks lives exactly as long as the struct:
/// it is freed after mosquitto_destroy, so that no callback can find a freed handle.
/// </summary>
internal sealed unsafe class MosquittoClient : SafeHandle
{
    private static readonly int LibraryReady = LibMosquitto.LibInit();
    private static int s_living;

    private GCHandle _events;

    private MosquittoClient()
        : base(0, ownsHandle: true)
    {
    }

    /// <summary>How many exist in this process; for the test that nothing leaks.</summary>
    public static int Living => Volatile.Read(ref s_living);

    public override bool IsInvalid => handle == 0;

    public static MosquittoClient Create(string id, bool cleanStart, IMosquittoEvents events)
    {
        if (LibraryReady != ReturnCode.Success)
        {
            throw new InvalidOperationException($"libmosquitto could not be initialised: {Describe(LibraryReady)}");
        }

        var client = new MosquittoClient { _events = GCHandle.Alloc(events) };
        client.SetHandle(LibMosquitto.New(id, cleanStart ? (byte)1 : (byte)0, GCHandle.ToIntPtr(client._events)));
        if (client.IsInvalid)
        {
            client._events.Free();
            throw new InvalidOperationException(
                $"mosquitto_new failed for client id '{id}': {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }

        Interlocked.Increment(ref s_living);
        LibMosquitto.OnConnect(client, &OnConnect);
        LibMosquitto.OnDisconnect(client, &OnDisconnect);
        LibMosquitto.OnPublish(client, &OnPublish);
        LibMosquitto.OnMessage(client, &OnMessage);
        LibMosquitto.OnSubscribe(client, &OnSubscribe);
        LibMosquitto.OnLog(client, &OnLog);
        return client;
    }

    public static string Describe(int returnCode) =>
        Marshal.PtrToStringUTF8(LibMosquitto.StrError(returnCode)) ?? $"code {returnCode}";

    protected override bool ReleaseHandle()
    {
        LibMosquitto.Destroy(handle);
        _events.Free();
        Interlocked.Decrement(ref s_living);
        return true;
    }

    private static IMosquittoEvents To(nint user) => Unsafe.As<IMosquittoEvents>(GCHandle.FromIntPtr(user).Target!);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnect(nint client, nint user, int reason, int flags, nint properties)
    {
        try
        {
            To(user).Connected(reason);
        }
        catch (Exception fault)
        {
            To(user).Faulted(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDisconnect(nint client, nint user, int reason, nint properties)
    {
        try
        {
            To(user).Disconnected(reason);
        }
        catch (Exception fault)
        {
            To(user).Faulted(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPublish(nint client, nint user, int id, int reason, nint properties)
    {
        try
        {
            To(user).Answered(id, reason);
        }
        catch (Exception fault)
        {
            To(user).Faulted(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint client, nint user, Message* message, nint properties)
    {
        try
        {
            To(user).Arrived(
                Marshal.PtrToStringUTF8((nint)message->Topic) ?? "", new(message->Payload, message->Length), message->Retain != 0);
        }
        catch (Exception fault)
        {
            To(user).Faulted(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSubscribe(nint client, nint user, int id, int count, int* granted, nint properties)
    {
        try
        {
            To(user).Subscribed(id, new(granted, count));
        }
        catch (Exception fault)
        {
            To(user).Faulted(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(nint client, nint user, int level, byte* text)
    {
        try
        {
            // The library frees its SSL object before it returns an error: what OpenSSL found can be asked for here only.
            To(user).Logged(level, Marshal.PtrToStringUTF8((nint)text) ?? "", LibSsl.CertificateError(LibMosquitto.SslGet(client)));
        }
        catch (Exception fault)
        {
            To(user).Faulted(fault);
        }
    }
}
