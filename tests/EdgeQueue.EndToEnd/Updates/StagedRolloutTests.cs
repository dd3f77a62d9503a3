using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using EdgeQueue.EndToEnd.Cloud;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Updates;

/// <summary>A roll-out from head office's page to the devices of a branch and back: real cloud, hub, brokers, desk, updaters; installer and machine are played.</summary>
public sealed class StagedRolloutTests
{
    private const double Patience = 120;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    [Trait("Length", "Long")]
    public async Task A_roll_out_of_head_office_reaches_the_devices_and_its_page_shows_it_done_or_stopped(string kind)
    {
        byte[] good = Bundle("good 2", 3_000_000);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequeue-images-");
        try
        {
            using var images = new FileServer(folder.FullName, good);
            await using Broker cloudBroker = await Broker.StartCloudAsync(Broker.Branch);
            await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind, CloudStage.SettingsOf(cloudBroker));
            await using UpdatableBranch branch = await UpdatableBranch.StartAsync(CloudStage.ArgumentsOf(cloudBroker), images.Authority);
            await cloud.SignInAsync();
            await Eventually.IsAsync(async () => (await cloud.GetAsync("/network")).Contains("Test branch", StringComparison.Ordinal), "the branch has reported", Patience);

            string page = await MakeAsync(cloud, "Release two", good, "2", images.Address);
            await Eventually.Is(() => branch.First.IsToRestart, "the first device is told to start anew", Patience);
            Assert.Equal(2, images.Begun.Count);
            Assert.InRange(images.Begun[1], 1, good.Length);
            branch.First.Restart();
            cloud.Kill();
            await cloud.StartAgainAsync();
            await Eventually.Is(() => branch.Second.IsToRestart, "then the second is", Patience);
            branch.Second.Restart();
            await Eventually.IsAsync(async () => (await cloud.GetAsync(page)).Contains("<span class=\"pill off\">done</span>", StringComparison.Ordinal), "the page says done", Patience);
            await Eventually.IsAsync(async () => (await cloud.GetAsync("/versions")).Contains("<td>2<td", StringComparison.Ordinal), "head office sees the new version", Patience);

            // The next one does not become healthy: the branch stops, and as no branch may fail, so does the roll-out. (The same bytes: the installer takes the version from them.)
            page = await MakeAsync(cloud, "Release three", good, "3", images.Address);
            await Eventually.Is(() => branch.First.IsToRestart, "the first device is told to start anew", Patience);
            branch.First.Restart(healthy: false);
            await Eventually.IsAsync(async () => (await cloud.GetAsync(page)).Contains("<span class=\"pill bad\">stopped</span>", StringComparison.Ordinal), "the page says stopped", Patience);
            string shown = await cloud.GetAsync(page);
            Assert.Contains("1 branch failed, and none may.", shown, StringComparison.Ordinal);
            Assert.Contains("came back with version 2", shown, StringComparison.Ordinal);
            Assert.Equal("2", branch.Second.Version);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> MakeAsync(CloudUnderTest cloud, string title, byte[] bundle, string version, string address)
    {
        using HttpResponseMessage answer = await cloud.Http.PostAsync(
            "/rollouts",
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["title"] = title, ["stages"] = "100", ["failures"] = "0", ["pause"] = "0",
                ["bundles"] = string.Create(CultureInfo.InvariantCulture, $"{UpdatableMachine.Kind} {version} {bundle.Length} {Convert.ToHexStringLower(SHA256.HashData(bundle))} {address}"),
            }),
            Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync(Cancellation));
        return answer.Headers.Location!.ToString();
    }

    private static byte[] Bundle(string says, int bytes)
    {
        byte[] bundle = new byte[bytes];
        new Random(bytes).NextBytes(bundle);
        Encoding.ASCII.GetBytes(says + "\n").CopyTo(bundle, 0);
        return bundle;
    }
}
