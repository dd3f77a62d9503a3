using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Updates;

/// <summary>
/// New system images for the devices of a branch: real hub, broker, desk, updaters and keypad nodes. Installer and machine are played (see <see cref="UpdatableMachine"/>).
/// </summary>
public sealed class UpdateTests
{
    private const double Patience = 120;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Length", "Long")]
    public async Task Devices_are_updated_one_after_the_other_and_one_that_comes_back_with_the_old_version_stops_the_branch()
    {
        await using UpdatableBranch branch = await UpdatableBranch.StartAsync();
        await using Watcher watcher = Watcher.Start(branch.Hub.Broker);
        Assert.Equal(0, (await branch.OfferAsync("2", 2_000_000)).Code);
        await Eventually.Is(() => branch.First.IsToRestart, "the first device is told to start anew", Patience);
        Assert.Equal(0, branch.Second.Fetched);
        branch.First.Restart();
        await Eventually.Is(() => branch.Second.IsToRestart, "then the second is", Patience);
        branch.Second.Restart();
        await Eventually.Is(() => branch.Report() is { Done: 2, Busy: 0 }, "both are done", Patience);
        Assert.Equal(["2", "2"], (string[])[branch.First.Version, branch.Second.Version]);
        Assert.Equal("2", (await watcher.UntilAsync<NodeStatusMessage>(Watcher.Names.NodeStatus(new("desk-1", "keypad")), s => s.Image == "2")).Image);
        Assert.Equal(0, branch.First.Fetched);

        // The next release does not become healthy: the first device comes back with the one before, and nobody else is asked.
        Assert.Equal(0, (await branch.OfferAsync("3", 1_000_000)).Code);
        await Eventually.Is(() => branch.First.IsToRestart, "the first device is told to start anew", Patience);
        branch.First.Restart(healthy: false);
        await Eventually.Is(() => branch.Report()?.Stopped is not null, "the roll-out is stopped", Patience);
        (int code, string said) = await branch.StatusAsync();
        Assert.Equal(1, code);
        Assert.Contains("stopped: 'desk-1' failed with version 3: it came back with version 2: 3 did not become healthy", said, StringComparison.Ordinal);
        Assert.Equal("2", branch.Second.Version);
        Assert.Equal(0, branch.Second.Fetched);
        await Eventually.Is(() => watcher.Latest(Watcher.Names.UpdateOrder("desk-1")) is { Length: 0 }, "its order is taken back");

        // What the installer refuses is not tried again, and stops the branch too.
        Assert.Equal(0, (await branch.OfferAsync("4", 1_000_000, says: "evil")).Code);
        await Eventually.Is(() => branch.Report() is { Number: 3, Stopped: not null }, "the roll-out is stopped", Patience);
        Assert.Contains("signature verification failed", branch.Report()!.Stopped, StringComparison.Ordinal);

        // The queue never noticed.
        await using TestUnit dispenser = await TestUnit.DispenserAsync(branch.Hub);
        Assert.Equal("A001", (await dispenser.TicketAsync()).Ticket!.Label);
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task Whatever_is_killed_at_whichever_step_the_roll_out_goes_on_from_there()
    {
        await using UpdatableBranch branch = await UpdatableBranch.StartAsync();
        branch.First.HoldInstaller();
        Assert.Equal(0, (await branch.OfferAsync("2", 64_000_000)).Code);

        // While it is fetched: both ends.
        await Eventually.Is(() => branch.First.Fetched > 1_000_000, "it fetches", Patience);
        branch.First.Updater.Kill();
        branch.Desk.Kill();
        TestContext.Current.TestOutputHelper?.WriteLine($"killed with {branch.First.Fetched} of 64,000,000 bytes there");
        branch.First.Updater.Start();
        branch.Desk.Start();

        // While it is installed.
        await Eventually.Is(() => branch.First.Updater.Log.Contains("Installing", StringComparison.Ordinal), "it installs", Patience);
        branch.First.Updater.Kill();
        branch.Desk.Kill();
        branch.First.LetInstallerGo();
        branch.First.Updater.Start();
        branch.Desk.Start();

        // After it was told to start anew, and before it comes back; the broker too, which forgets everything.
        await Eventually.Is(() => branch.First.IsToRestart, "it is told to start anew", Patience);
        branch.Desk.Kill();
        branch.First.Updater.Kill();
        branch.Hub.Broker.Kill();
        branch.Hub.Kill();
        await branch.Hub.Broker.StartAgainAsync();
        await branch.Hub.StartAgainAsync();
        branch.First.Restart();
        branch.Desk.Start();

        await Eventually.Is(() => branch.Second.IsToRestart, "the second is told to start anew", Patience);
        await Eventually.Is(() => branch.Report() is { Done: 1 }, "the desk reports the first", Patience);
        branch.Second.Restart();
        await Eventually.Is(() => branch.Report() is { Done: 2, Busy: 0 }, "both are done", Patience);
        Assert.Equal(["2", "2"], (string[])[branch.First.Version, branch.Second.Version]);
        await branch.Hub.AssertSoundAsync();
    }

    /// <summary>
    /// The desk's file cannot be written, because a folder has its name; the device's disk is full, played by a link to /dev/full, where every write fails with ENOSPC (full(4)).
    /// </summary>
    [Fact]
    [Trait("Length", "Long")]
    public async Task A_desk_that_cannot_write_tells_nobody_and_a_device_whose_disk_is_full_fails_and_serves_on()
    {
        await using UpdatableBranch branch = await UpdatableBranch.StartAsync();
        string inTheWay = Directory.CreateDirectory(Path.Combine(branch.Folder, "state.json.new")).FullName;
        (int code, string offered) = await branch.OfferAsync("2", 1_000_000);
        Assert.Equal(0, code);
        await Eventually.Is(() => branch.Desk.Log.Contains("cannot be written down, so nobody is told", StringComparison.Ordinal), "the desk says that it cannot", Patience);
        Assert.Equal(0, branch.First.Fetched);

        string full = branch.First.FillDisk(offered.Trim().Split(' ')[^1]);
        Directory.Delete(inTheWay);
        await Eventually.Is(() => branch.Report()?.Stopped is not null, "the roll-out is stopped", Patience);
        Assert.Contains("'desk-1' failed with version 2: it could not be written: ", branch.Report()!.Stopped, StringComparison.Ordinal);
        Assert.Equal(3, branch.Desk.Log.Split("'desk-1': Ordered").Length - 1);
        Assert.Equal(["1", "1"], (string[])[branch.First.Version, branch.Second.Version]);
        await using TestUnit keypad = await TestUnit.KeypadAsync(branch.Hub, 1);
        Assert.Null((await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default))).Refusal);

        // There is room again, and somebody wishes it again.
        File.Delete(full);
        Assert.Equal(0, (await branch.OfferAsync("2", 1_000_000)).Code);
        await Eventually.Is(() => branch.First.IsToRestart, "the device is told to start anew", Patience);
    }

    [Fact]
    public async Task Who_is_served_is_not_disturbed_and_a_stranger_gets_no_bundle()
    {
        await using UpdatableBranch branch = await UpdatableBranch.StartAsync();
        await using TestUnit keypad = await TestUnit.KeypadAsync(branch.Hub, 3);
        await using TestUnit dispenser = await TestUnit.DispenserAsync(branch.Hub);
        await dispenser.TicketAsync();
        long version = (await keypad.DoAsync(new OpenCounter("c3", "13", null, false, default))).Counter!.Version;
        version = (await keypad.DoAsync(new CallNext("c3", version, default))).Counter!.Version;

        // Fetched and installed beside the running system, while somebody is served.
        Assert.Equal(0, (await branch.OfferAsync("2", 1_000_000)).Code);
        await using Watcher watcher = Watcher.Start(branch.Hub.Broker);
        await Eventually.Is(() => watcher.Latest(Watcher.Names.UpdateState("desk-1")) is { } said && UpdateJson.TryRead(said, out UpdateState? state, out _) && state.Phase == UpdatePhase.RestartWanted, "it is installed", Patience);
        string sha256 = UpdateJson.TryRead(watcher.Latest(Watcher.Names.UpdateOrder("desk-1")), out UpdateOrder? order, out _) ? order.Sha256 : "";
        Assert.Equal(System.Net.HttpStatusCode.OK, await AskAsync(branch, sha256, branch.Hub.Broker.Tls("desk-2")));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, await AskAsync(branch, new string('0', 64), branch.Hub.Broker.Tls("desk-2")));
        await using Broker other = await Broker.StartAsync();
        Assert.Null(await AskAsync(branch, sha256, other.Tls("desk-2")));
        Assert.Null(await AskAsync(branch, sha256, null));
        Assert.False(branch.First.IsToRestart);

        // A second desk at the same folder would tell the devices other things.
        (int code, string twin) = await branch.Desk.TwinAsync();
        Assert.NotEqual(0, code);
        Assert.Contains("another desk for updates is at it", twin, StringComparison.Ordinal);

        version = (await keypad.DoAsync(new Arrive("c3", version, default))).Counter!.Version;
        await keypad.DoAsync(new Finish("c3", version, [], null, [], default));
        await Eventually.Is(() => branch.First.IsToRestart, "nobody is served any more: it starts anew", Patience);
    }

    /// <returns>Null: the door stayed shut.</returns>
    private static async Task<System.Net.HttpStatusCode?> AskAsync(UpdatableBranch branch, string sha256, MqttTls? who)
    {
        using X509Certificate2? certificate = who is null ? null : X509Certificate2.CreateFromPemFile(who.CertificateFile!, who.KeyFile!);
        // The server's name is looked at by the updater; here it is the server that looks.
        var options = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
        if (certificate is not null)
        {
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        }

        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = options });
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(
                new Uri(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"https://127.0.0.1:{branch.Port}/bundles/{sha256}")), HttpCompletionOption.ResponseHeadersRead, Cancellation);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
