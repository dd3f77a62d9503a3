using EdgeQueue.Mqtt;

namespace EdgeQueue.Tests.Mqtt;

public sealed class FailureWordsTests
{
    private const string Line = "OpenSSL Error[0]: error:";

    [Theory]
    [InlineData(111, "connection refused: nothing listens at hub.local:8883")]
    [InlineData(110, "does not answer")]
    [InlineData(113, "no route to hub.local")]
    [InlineData(101, "the network is unreachable")]
    [InlineData(104, "was reset by the other side")]
    [InlineData(0, "was closed by the other side")]
    [InlineData(13, "Permission denied (errno 13)")]
    public void A_fault_of_the_network_is_named(int errno, string words) =>
        Assert.Contains(words, FailureWords.Network(errno, "hub.local", 8883), StringComparison.Ordinal);

    [Fact]
    public void An_address_of_version_6_is_written_with_brackets() =>
        Assert.Contains("[fe80::1]:8883", FailureWords.Network(111, "fe80::1", 8883), StringComparison.Ordinal);

    [Theory]
    [InlineData(Line + "0A000086:SSL routines::certificate verify failed", 10, "it has expired")]
    [InlineData(Line + "0A000086:SSL routines::certificate verify failed", 9, "not valid yet; is this device's clock right?")]
    [InlineData(Line + "0A000086:SSL routines::certificate verify failed", 19, "not signed by the authority in /ca.crt")]
    [InlineData(Line + "0A000086:SSL routines::certificate verify failed", 26, "not a server's certificate")]
    [InlineData(Line + "0A000086:SSL routines::certificate verify failed", 77, "X.509 error 77")]
    [InlineData(Line + "0A000086:SSL routines::certificate verify failed", null, "verification failed")]
    [InlineData("Error: host name verification failed.", null, "not for the name 'hub.local'")]
    [InlineData(Line + "0A00045C:SSL routines::tlsv13 alert certificate required", null, "wants a certificate and got none")]
    [InlineData(Line + "0A000415:SSL routines::sslv3 alert certificate expired", null, "this client's certificate has expired")]
    [InlineData(Line + "0A000418:SSL routines::tlsv1 alert unknown ca", null, "an authority that the broker does not know")]
    [InlineData(Line + "0A000414:SSL routines::sslv3 alert certificate revoked", null, "has been revoked")]
    [InlineData(Line + "0A000438:SSL routines::tlsv1 alert internal error", null, "tlsv1 alert internal error")]
    [InlineData(Line + "0A00010B:SSL routines::wrong version number", null, "does not speak TLS on this port")]
    [InlineData("Error: Client certificate/key are inconsistent.", null, "do not belong together")]
    [InlineData("Error: Unable to load CA certificates, check cafile \"/ca.crt\".", null, "check cafile \"/ca.crt\"")]
    public void A_fault_of_TLS_is_named(string log, int? certificateError, string words) =>
        Assert.Contains(words, FailureWords.Tls([log], certificateError, "hub.local", "/ca.crt"), StringComparison.Ordinal);

    [Fact]
    public void TLS_is_not_blamed_when_it_said_nothing() =>
        Assert.Null(FailureWords.Tls([], null, "hub.local", "/ca.crt"));

    [Theory]
    [InlineData(135, "not authorised")]
    [InlineData(133, "client id 'node/a'")]
    [InlineData(200, "reason 200, 0xC8")]
    public void A_refusal_of_the_broker_is_named(int reason, string words) =>
        Assert.Contains(words, FailureWords.Refused(reason, "node/a"), StringComparison.Ordinal);

    [Theory]
    [InlineData(142, "same client id 'node/a'")]
    [InlineData(139, "shutting down")]
    [InlineData(200, "reason 200, 0xC8")]
    public void A_goodbye_of_the_broker_is_named(int reason, string words) =>
        Assert.Contains(words, FailureWords.Disconnected(reason, "node/a"), StringComparison.Ordinal);
}
