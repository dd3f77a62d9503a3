using System.Globalization;
using System.Runtime.InteropServices;
using EdgeQueue.Mqtt.Native;

namespace EdgeQueue.Mqtt;

/// <summary>Turns the codes of four layers (name lookup, TCP, TLS, MQTT) into a sentence a technician can act on.</summary>
internal static class FailureWords
{
    /// <summary>errno(3) of connecting, reading or writing.</summary>
    public static string Network(int errno, string host, int port) => errno switch
    {
        111 => $"connection refused: nothing listens at {At(host, port)}; is the broker running, is the port right?",
        110 => $"{At(host, port)} does not answer (timed out); is the machine on, is a firewall between?",
        113 => $"no route to {host}; is the machine on, is the network cable in?",
        101 or 100 => $"the network is unreachable; does this device have an address and a gateway? ({host})",
        104 => $"the connection to {At(host, port)} was reset by the other side",
        32 => $"the connection to {At(host, port)} was closed by the other side",
        99 => $"this device has no address from which {host} can be reached",
        // EPROTO is libmosquitto's word for "TLS failed"; that there is no line in its log means that writing met a closed
        // connection before the broker's alert was read. The next attempt mostly brings the alert.
        71 => $"TLS: {At(host, port)} broke off the handshake; mostly it does not accept this client's certificate, its log says why",
        0 or 11 or 115 => $"the connection to {At(host, port)} was closed by the other side",
        _ => $"{At(host, port)}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})",
    };

    /// <param name="stage">What was being waited for.</param>
    public static string TimedOut(string stage, MqttOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{At(options.Host, options.Port)} does not answer: no {stage} within {options.ConnectTimeout.TotalSeconds:0.#} s");

    public static string NameLookup(string host, string detail) =>
        $"the name '{host}' was not found ({detail}); is it spelled right, does name service work here?";

    /// <summary>CONNACK reason code, MQTT 5.0 §3.2.2.2.</summary>
    public static string Refused(int reason, string clientId) => reason switch
    {
        132 => "the broker does not speak MQTT 5",
        133 => $"the broker refused the client id '{clientId}'",
        134 => "the broker refused the user name or certificate name (bad user name or password)",
        135 => "refused by the broker: not authorised; is this name in the broker's list, has its certificate been revoked?",
        136 or 137 => "the broker is unavailable or busy; it is tried again",
        138 => "the broker has banned this client",
        149 => "the broker finds the connection packet too large",
        159 => "the broker takes no more connections just now; it is tried again",
        _ => $"the broker refused the connection (reason {Code(reason)})",
    };

    /// <summary>DISCONNECT reason code from the broker, MQTT 5.0 §3.14.2.1.</summary>
    public static string Disconnected(int reason, string clientId) => reason switch
    {
        139 => "the broker is shutting down",
        141 => "the broker heard nothing from here for too long (keep-alive)",
        142 => $"another program has connected with the same client id '{clientId}'; ids must be unique",
        135 => "the broker ended the connection: not authorised any more",
        147 => "the broker ended the connection: too many unanswered messages (receive maximum exceeded)",
        149 => "the broker ended the connection: a packet was too large for it",
        151 => "the broker ended the connection: quota exceeded",
        152 => "the broker ended the connection (administrative action)",
        _ => $"the broker ended the connection (reason {Code(reason)})",
    };

    public static string SubscriptionRefused(string filter, int reason) =>
        $"the broker refused the subscription '{filter}' (reason {Code(reason)}"
        + (reason == 135 ? ": not authorised; look at its access list)" : ")");

    /// <summary>What libmosquitto logged (OpenSSL's error queue) and, where known, the X509_V_ERR_ code.</summary>
    public static string? Tls(IReadOnlyList<string> log, int? certificateError, string host, string? authorityFile)
    {
        bool Said(string part) => log.Any(line => line.Contains(part, StringComparison.OrdinalIgnoreCase));

        if (Said("host name verification"))
        {
            return $"TLS: the broker's certificate is not for the name '{host}'; connect by a name that is in it";
        }

        if (Said("certificate verify failed") || (certificateError is not null && Said("verif")))
        {
            return "TLS: the broker's certificate is not accepted: " + Certificate(certificateError, authorityFile);
        }

        if (Said("alert"))
        {
            return Alert(log);
        }

        if (Said("inconsistent") || Said("key values mismatch"))
        {
            return "TLS: this client's certificate and key do not belong together";
        }

        if (Said("wrong version number") || Said("unknown protocol") || Said("packet length too long"))
        {
            return "TLS: the other side does not speak TLS on this port";
        }

        return log.Count == 0 ? null : "TLS: " + string.Join("; ", log);
    }

    /// <summary>X509_V_ERR_ codes of openssl/x509_vfy.h.</summary>
    private static string Certificate(int? error, string? authorityFile) => error switch
    {
        9 => "it is not valid yet; is this device's clock right?",
        10 => "it has expired (or this device's clock is wrong)",
        18 or 19 or 20 or 21 => $"it was not signed by the authority in {authorityFile}",
        23 => "it has been revoked",
        26 => "it is not a server's certificate",
        62 or 64 => "it is for another name",
        null => "verification failed",
        _ => string.Create(CultureInfo.InvariantCulture, $"X.509 error {error}"),
    };

    private static string Alert(IReadOnlyList<string> log)
    {
        string line = log.First(l => l.Contains("alert", StringComparison.OrdinalIgnoreCase));
        (string Part, string Words)[] known =
        [
            ("certificate required", "it wants a certificate and got none"),
            ("certificate expired", "this client's certificate has expired (or the broker's clock is wrong)"),
            ("certificate revoked", "this client's certificate has been revoked"),
            ("unknown ca", "this client's certificate was signed by an authority that the broker does not know"),
            ("bad certificate", "this client's certificate is not accepted"),
            ("handshake failure", "no common TLS version or cipher, or no certificate given"),
            ("protocol version", "no common TLS version (1.2 or later is needed)"),
        ];
        string? words = known.FirstOrDefault(k => line.Contains(k.Part, StringComparison.OrdinalIgnoreCase)).Words;
        return "TLS: the broker refused this client: " + (words ?? line);
    }

    private static string At(string host, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':') ? $"[{host}]" : host)}:{port}");

    private static string Code(int reason) =>
        string.Create(CultureInfo.InvariantCulture, $"{reason}, 0x{reason:X2}");

    /// <summary>libmosquitto's own return codes (enum mosq_err_t).</summary>
    public static string Library(int returnCode, int errno, string host, int port) => returnCode switch
    {
        ReturnCode.Errno => Network(errno, host, port),
        ReturnCode.ConnectionLost => $"the connection to {At(host, port)} was closed by the other side",
        ReturnCode.KeepAlive => $"{At(host, port)} has fallen silent (a ping was not answered within the keep-alive)",
        _ => $"{At(host, port)}: {MosquittoClient.Describe(returnCode)}",
    };
}
