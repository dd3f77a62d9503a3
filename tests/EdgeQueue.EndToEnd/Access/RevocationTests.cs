using System.Diagnostics;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.EndToEnd.Mqtt;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Access;

/// <summary>Revoking a node, with the real registrar: its open connection is cut and no new one is let in; the others notice nothing.</summary>
public sealed class RevocationTests
{
    [Fact]
    public async Task A_revoked_node_is_silenced_within_two_seconds_and_never_comes_back()
    {
        await using RegistrarUnderTest registrar = await RegistrarUnderTest.StartAsync();
        Broker broker = registrar.Broker;
        await using Link hub = await Link.UpAsync(broker.Options("hub"));
        await using Link honest = await Link.UpAsync(broker.Options("keypad-1", Topics.Of("counter/1")));
        // Two connections of the node, one under a client id that is not its own: both must go.
        await using Link stolen = await Link.UpAsync(broker.Options("keypad-2", Topics.Of("counter/1")));
        await using Link hidden = await Link.UpAsync(broker.Options("keypad-2", Topics.Of("counter/1")) with { ClientId = "keypad-1/other" });
        await hub.SayAsync(Topics.Of("counter/1"), "before");
        Assert.Equal(Topics.Of("counter/1") + " before", await stolen.HearAsync());
        Assert.Equal(Topics.Of("counter/1") + " before", await hidden.HearAsync());
        Assert.Equal(Topics.Of("counter/1") + " before", await honest.HearAsync());

        var watch = Stopwatch.StartNew();
        Task<DeskAnswer> asked = registrar.AskAsync(new DeskRequest("revoke", Node: "keypad-2"));
        await stolen.ExpectAsync<MqttDisconnected>();
        await hidden.ExpectAsync<MqttDisconnected>();
        TimeSpan cut = watch.Elapsed;
        DeskAnswer done = await asked;

        TestContext.Current.TestOutputHelper?.WriteLine($"cut after {cut.TotalMilliseconds:0} ms, sure after {watch.ElapsedMilliseconds} ms");
        Assert.True(done.Done, string.Join('\n', done.Lines));
        Assert.True(cut < TimeSpan.FromSeconds(2), $"cut after {cut}");
        await hub.SayAsync(Topics.Of("counter/1"), "after");
        Assert.Equal(Topics.Of("counter/1") + " after", await honest.HearAsync());
        Assert.Equal(1, honest.Connection.Status.Generation);

        // They go on trying, and are told why they are not let in.
        await ToldOfRevocationAsync(stolen);
        await hidden.ExpectAsync<MqttConnectFailed>();
        Assert.False(stolen.Connection.Arrivals.TryRead(out MqttArrival? heard) && heard is MqttMessage, "the subscription went on");
    }

    [Fact]
    public async Task A_revocation_survives_the_restart_of_the_broker_and_of_the_registrar()
    {
        await using RegistrarUnderTest registrar = await RegistrarUnderTest.StartAsync();
        Broker broker = registrar.Broker;
        MqttOptions options = broker.Options("keypad-2");
        DeskAnswer done = await registrar.AskAsync(new DeskRequest("revoke", Node: "keypad-2"));
        Assert.True(done.Done, string.Join('\n', done.Lines));

        // The list is lost with the broker's machine, and made again from what the registrar knows.
        broker.Kill();
        File.WriteAllText(Path.Combine(broker.Certificates, "revoked.crl"), "");
        await registrar.RestartAsync();
        await broker.StartAgainAsync();

        await using Link stolen = Link.Start(options);
        await ToldOfRevocationAsync(stolen);
        await using Link honest = await Link.UpAsync(broker.Options("keypad-1"));
    }

    [Fact]
    public async Task One_command_revokes_and_says_what_it_did()
    {
        await using RegistrarUnderTest registrar = await RegistrarUnderTest.StartAsync();
        _ = registrar.Broker.Tls("keypad-2");

        (int code, string said) = await registrar.TypeAsync("revoke", "keypad-2");
        Assert.Equal((0, "'keypad-2' is revoked (1 certificates) and disconnected."), (code, said));

        (code, said) = await registrar.TypeAsync("revoke", "hub");
        Assert.Equal(1, code);
        Assert.Contains("reserved", said, StringComparison.Ordinal);

        (code, said) = await registrar.TypeAsync("revoke", "nobody");
        Assert.Equal((1, "No certificate of 'nobody' is known here."), (code, said));
    }

    [Fact]
    public async Task Nobody_but_the_registrar_can_throw_anybody_out()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link victim = await Link.UpAsync(broker.Options("keypad-1", Topics.Of("counter/1")));
        foreach (string name in (string[])["keypad-2", "hub", "watch"])
        {
            await using Link other = await Link.UpAsync(broker.Options(name));
            Assert.Equal(PublishOutcome.Refused, await other.Connection.PublishAsync(new MqttPublication(
                "$CONTROL/dynamic-security/v1",
                """{"commands":[{"command":"createClient","username":"keypad-1"},{"command":"deleteClient","username":"keypad-1"}]}"""u8.ToArray())));
        }

        await using Link hub = await Link.UpAsync(broker.Options("hub"));
        await hub.SayAsync(Topics.Of("counter/1"), "x");
        Assert.Equal(Topics.Of("counter/1") + " x", await victim.HearAsync());
    }

    [Fact]
    public async Task Private_files_and_the_control_socket_are_for_their_service_only()
    {
        await using RegistrarUnderTest registrar = await RegistrarUnderTest.StartAsync();
        _ = registrar.Broker.Tls("keypad-2");
        await registrar.AskAsync(new DeskRequest("revoke", Node: "keypad-2"));

        UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string[] keys = Directory.GetFiles(registrar.Broker.Certificates, "*.key");
        Assert.NotEmpty(keys);
        Assert.All(keys, k => Assert.Equal(owner, File.GetUnixFileMode(k)));
        Assert.Equal(owner, File.GetUnixFileMode(Path.Combine(registrar.Broker.Certificates, "identities.json")));
        Assert.Equal(owner, File.GetUnixFileMode(registrar.Control));
    }

    /// <summary>The broker's word may be lost with the connection that it ends; then the next one brings it.</summary>
    private static async Task ToldOfRevocationAsync(Link link)
    {
        List<string> reasons = [];
        while (!reasons.Any(r => r.Contains("has been revoked", StringComparison.Ordinal)))
        {
            Assert.True(reasons.Count < 10, string.Join('\n', reasons));
            reasons.Add((await link.ExpectAsync<MqttConnectFailed>()).Reason);
        }
    }
}
