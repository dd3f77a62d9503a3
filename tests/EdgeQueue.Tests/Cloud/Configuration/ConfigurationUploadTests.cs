using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Configuration;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Tests.Cloud.Configuration;

/// <summary>A branch's configuration is looked at here before it is told to its hub.</summary>
public sealed class ConfigurationUploadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_is_a_version_with_what_changed_and_its_revision_rises()
    {
        await using Uploads cloud = await Uploads.StartAsync();

        Assert.Equal((5L, "the first one"), Said(await cloud.TakeAsync(Document(5))));
        JsonNode next = JsonNode.Parse(Document(6))!;
        next["services"]!.AsArray().Add(JsonNode.Parse("""{"id":"visa","prefix":"U","name":{"nb":"Visum","en":"Visa","uk":"Віза","ar":"تأشيرة"},"targetWaitSeconds":600}"""));
        next["workProfiles"]![0]!["services"]!.AsArray().Add((JsonNode)"visa");
        next["counters"]![0]!["number"] = "9";
        next["policy"]!["noShowCalls"] = 7;
        Assert.Equal((6L, $"policy changed\nservices: added visa\nworkProfiles: changed everything\ncounters: changed {next["counters"]![0]!["id"]}"), Said(await cloud.TakeAsync(Bytes(next))));

        Assert.Equal("$.revision", Assert.Single((await cloud.TakeAsync(Document(6))).Faults).Path);
        Assert.Equal(6, (await cloud.Store.StateAsync(1, Cancellation)).Wanted);
        Assert.Equal([6L, 5L], (await cloud.Store.VersionsAsync(1, Cancellation)).Select(v => v.Revision));
        Assert.Equal(2, await cloud.Cloud.Database.ReadAsync(c => c.ExecuteScalarAsync<long>("select count(*) from audit where subject like 'branch demo, configuration revision %'"), Cancellation));
    }

    [Fact]
    public async Task All_faults_are_said_at_once_and_nothing_is_changed()
    {
        await using Uploads cloud = await Uploads.StartAsync();
        JsonNode faulty = JsonNode.Parse(Document(5))!;
        faulty["timeZone"] = "Europe/Nowhere";
        faulty["services"]![0]!["prioriti"] = 3;

        Assert.Equal(2, (await cloud.TakeAsync(Bytes(faulty))).Faults.Count);
        Assert.Single((await cloud.TakeAsync("{"u8.ToArray())).Faults);
        Assert.Single((await cloud.TakeAsync([0xFF, 0x00])).Faults);
        JsonNode other = JsonNode.Parse(Document(5))!;
        other["branch"] = "another";
        Assert.Equal("$.branch", Assert.Single((await cloud.TakeAsync(Bytes(other))).Faults).Path);
        Assert.Equal(ConfigurationState.None, await cloud.Store.StateAsync(1, Cancellation));
    }

    [Fact]
    public async Task What_was_changed_at_the_branch_wins_by_its_revision_and_a_device_that_was_claimed_there_is_not_lost()
    {
        await using Uploads cloud = await Uploads.StartAsync();
        await cloud.TakeAsync(Document(5));
        JsonNode claimed = JsonNode.Parse(Document(6))!;
        claimed["nodes"]!.AsArray().Add(JsonNode.Parse("""{"name":"new-device","units":[{"unit":"board","display":{"zone":"hall","device":"/dev/x"}}]}"""));
        await cloud.HeldAsync(6, Bytes(claimed));

        Assert.Equal("$.revision", Assert.Single((await cloud.TakeAsync(Document(6))).Faults).Path);
        Assert.Contains("new-device", Assert.Single((await cloud.TakeAsync(Document(7))).Faults).Sentence, StringComparison.Ordinal);
        (string word, _) = ConfigurationPages.Standing(await cloud.Store.StateAsync(1, Cancellation), (await cloud.Store.VersionsAsync(1, Cancellation))[0]);
        Assert.Equal("changed", word);
    }

    [Fact]
    public async Task Nobody_is_shown_the_hash_of_a_pin_and_it_comes_back_as_it_is()
    {
        await using Uploads cloud = await Uploads.StartAsync();
        await cloud.TakeAsync(Document(5));
        byte[] shown = PinHashes.Without(Document(6));
        string text = Encoding.UTF8.GetString(shown);
        Assert.DoesNotContain("pbkdf2", text, StringComparison.Ordinal);
        Assert.Equal(4, JsonNode.Parse(shown)!["operators"]!.AsArray().Count(o => (string?)o!["pinHash"] == "set"));

        Assert.Equal((6L, "nothing but the revision"), Said(await cloud.TakeAsync(shown)));
        Assert.Equal(Document(6), await cloud.Store.DocumentAsync(1, 6, Cancellation));
        JsonNode stranger = JsonNode.Parse(PinHashes.Without(Document(7)))!;
        stranger["operators"]![0]!["id"] = "nobody-knows";
        Assert.Contains("nobody-knows", Assert.Single((await cloud.TakeAsync(Bytes(stranger))).Faults).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_versions_are_kept()
    {
        await using Uploads cloud = await Uploads.StartAsync();
        for (int revision = 1; revision <= 52; revision++)
        {
            Assert.Equal(revision, (await cloud.TakeAsync(Document(revision))).Revision);
        }

        IReadOnlyList<ConfigurationVersion> kept = await cloud.Store.VersionsAsync(1, Cancellation);
        Assert.Equal((52L, 3L, 50), (kept[0].Revision, kept[^1].Revision, kept.Count));
    }

    [Fact]
    public void A_file_that_unpacks_to_more_than_a_configuration_may_have_is_none()
    {
        using var bomb = new MemoryStream();
        using (var zip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(new byte[50_000_000]);
        }

        Assert.Null(PackedConfiguration.Unpack(Convert.ToBase64String(bomb.ToArray())));
        Assert.Null(PackedConfiguration.Unpack("!"));
        Assert.Null(PackedConfiguration.Unpack(Convert.ToBase64String("no gzip"u8)));
        byte[] largest = new byte[1024 * 1024];
        Assert.Equal(largest, PackedConfiguration.Unpack(PackedConfiguration.Pack(largest)!));
        Assert.Null(PackedConfiguration.Pack(RandomNumberGenerator.GetBytes(1024 * 1024)));
    }

    private static (long, string) Said(UploadOutcome outcome)
    {
        Assert.Empty(outcome.Faults);
        return (outcome.Revision, outcome.Summary);
    }

    private static byte[] Bytes(JsonNode document) => Encoding.UTF8.GetBytes(document.ToJsonString());

    private static byte[] Document(long revision)
    {
        JsonNode branch = JsonNode.Parse(File.ReadAllBytes(RepositoryFolder.PathOf("examples", "branch", "branch.json")))!;
        branch["revision"] = revision;
        // As it is written for people, so that nothing but what was meant is different.
        return Encoding.UTF8.GetBytes(branch.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    private sealed class Uploads : IAsyncDisposable
    {
        private Uploads(SomeCloud cloud)
        {
            Cloud = cloud;
            Store = new(cloud.Database, new AuditTrail(cloud.Database, cloud.Time), cloud.Time);
        }

        public SomeCloud Cloud { get; }

        public ConfigurationStore Store { get; }

        public static async Task<Uploads> StartAsync()
        {
            SomeCloud cloud = await SomeCloud.StartAsync();
            await cloud.Database.WriteAsync(t => t.Connection!.ExecuteAsync("insert into branch(name, created_at) values ('demo', 0)", transaction: t), Cancellation);
            return new(cloud);
        }

        public async Task<UploadOutcome> TakeAsync(byte[] document) =>
            await new ConfigurationUpload(Store).TakeAsync((await Store.BranchAsync("demo", VisibleBranches.All, Cancellation))!, document, Actor.Server, Cancellation);

        public Task HeldAsync(long revision, byte[] document) => Cloud.Database.WriteAsync(
            t => t.Connection!.ExecuteAsync(
                "update configuration_state set held = @revision, held_sha256 = @hash, held_document = @document where branch = 1", new { revision, hash = PackedConfiguration.HashOf(document), document }, t), Cancellation);

        public ValueTask DisposeAsync() => Cloud.DisposeAsync();
    }
}
