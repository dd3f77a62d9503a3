using EdgeQueue.EndToEnd.Cloud;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Mqtt;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Access;

/// <summary>A branch becomes one of head office's as a device becomes one of a branch's: by a code that is read here and typed there.</summary>
public sealed class HeadOfficeTests
{
    private const string Branch = Broker.Branch;

    [Fact]
    public async Task A_branch_joins_by_a_code_and_what_happens_there_arrives()
    {
        await using HeadOfficeUnderTest office = await HeadOfficeUnderTest.StartAsync();
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync("sqlite", CloudStage.SettingsOf(office.Broker));
        HeadOfficeUnderTest.Talk joining = office.Join("hub", Branch);

        string said = await office.TypeAsync($"{await HeadOfficeUnderTest.CodeAsync(joining)} {Branch}");
        Assert.Equal($"'{Branch}' is one of head office's branches.", said);
        Assert.Equal(0, await joining.EndAsync());
        string folder = office.Identity("hub"), key = Path.Combine(folder, Branch + ".key");
        Assert.Contains($"--cloud {office.Broker.Host}:{office.Broker.Port} --cloud-certificates {folder}", joining.Said, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        Assert.False(File.Exists(Path.Combine(office.Broker.Certificates, Branch + ".key")));

        await using HubUnderTest hub = await HubUnderTest.StartAsync(
            arguments: $"--cloud {office.Broker.Host}:{office.Broker.Port} --cloud-certificates '{folder}'");
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await dispenser.TicketAsync();
        int events = (await hub.ExportAsync()).Length;
        await Eventually.Is(() => CloudAccounts.Read(cloud.Database).Stored >= events, $"{events} events in the cloud", 40);
    }

    [Fact]
    public async Task Nobody_joins_with_a_wrong_code_under_another_name_or_in_a_place_that_is_taken()
    {
        await using HeadOfficeUnderTest office = await HeadOfficeUnderTest.StartAsync("bergen");
        HeadOfficeUnderTest.Talk joining = office.Join("hub", Branch);
        string code = await HeadOfficeUnderTest.CodeAsync(joining);

        Assert.Contains("Type the code", await office.TypeAsync("hello"), StringComparison.Ordinal);
        Assert.Contains("is not a name", await office.TypeAsync($"{code} Oslo!"), StringComparison.Ordinal);
        Assert.Contains("has a certificate", await office.TypeAsync($"{code} bergen"), StringComparison.Ordinal);
        Assert.Contains("nothing to replace", await office.TypeAsync($"replace {code} {Branch}"), StringComparison.Ordinal);
        string wrong = (code[0] == '0' ? '1' : '0') + code[1..];
        Assert.Contains("No hub that waits here shows this code", await office.TypeAsync($"{wrong} {Branch}"), StringComparison.Ordinal);
        // The right code, but the hub is another branch's.
        Assert.Contains($"of branch '{Branch}', and 'narvik' was typed", await office.TypeAsync($"{code} narvik"), StringComparison.Ordinal);

        await joining.HearsAsync($"'narvik' was typed at head office");
        Assert.False(Directory.EnumerateFiles(office.Identity("hub")).Any());
        // A code works once.
        Assert.Contains("No hub that waits here", await office.TypeAsync($"{code} {Branch}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_in_the_place_of_another_shuts_that_one_out()
    {
        await using HeadOfficeUnderTest office = await HeadOfficeUnderTest.StartAsync(Branch);
        // Its files are kept aside: the new certificate gets their name.
        MqttOptions its = office.Broker.Options(Branch);
        string aside = office.Identity("old");
        Directory.CreateDirectory(aside);
        foreach (string file in (string[])["authority.crt", Branch + ".crt", Branch + ".key"])
        {
            File.Copy(Path.Combine(office.Broker.Certificates, file), Path.Combine(aside, file));
        }

        HeadOfficeUnderTest.Talk joining = office.Join("hub", Branch);
        Assert.Contains("is thrown out", await office.TypeAsync($"replace {await HeadOfficeUnderTest.CodeAsync(joining)} {Branch}"), StringComparison.Ordinal);
        Assert.Equal(0, await joining.EndAsync());
        office.Broker.Kill();
        await office.Broker.StartAgainAsync();

        await using (Link mine = Link.Start(its with { Tls = Tls(office.Identity("hub")) }))
        {
            await mine.ExpectAsync<MqttConnected>();
        }

        await using (Link old = Link.Start(its with { Tls = Tls(aside) }))
        {
            // The broker's word may be lost with the connection that it ends; then the next one brings it.
            string reason = "";
            for (int tried = 0; tried < 10 && !reason.Contains("has been revoked", StringComparison.Ordinal); tried++)
            {
                reason = (await old.ExpectAsync<MqttConnectFailed>()).Reason;
            }

            Assert.Contains("has been revoked", reason, StringComparison.Ordinal);
        }

        // Here too nothing is changed unless it is asked for.
        Assert.Equal(1, await office.Join("hub", Branch).EndAsync());

        static MqttTls Tls(string folder) => new(Path.Combine(folder, "authority.crt"), Path.Combine(folder, Branch + ".crt"), Path.Combine(folder, Branch + ".key"));
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_disk_that_keeps_nothing_is_told_before_a_code_is_shown_and_one_that_fails_later_costs_a_replace()
    {
        await using HeadOfficeUnderTest office = await HeadOfficeUnderTest.StartAsync();
        // What is written is a file under this name first: a folder in its place, and the kernel refuses it.
        string folder = office.Identity("hub"), trial = Path.Combine(folder, "claim.trial.new"), key = Path.Combine(folder, Branch + ".key.new");
        Directory.CreateDirectory(trial);
        HeadOfficeUnderTest.Talk joining = office.Join("hub", Branch);

        await joining.HearsAsync("Not yet: An identity cannot be kept here");
        Assert.DoesNotContain("type: ", joining.Said, StringComparison.Ordinal);
        Directory.Delete(trial);
        string code = await HeadOfficeUnderTest.CodeAsync(joining);
        Directory.CreateDirectory(key);
        await office.TypeAsync($"{code} {Branch}");

        await joining.HearsAsync("It was accepted, and the disk does not keep what was given");
        Assert.False(File.Exists(Path.Combine(folder, Branch + ".crt")));
        Directory.Delete(key);
        await Eventually.Is(() => joining.Said.Split("type: ").Length == 3, "another code", 30);
        Assert.Contains("has another hub", await office.TypeAsync($"replace {await HeadOfficeUnderTest.CodeAsync(joining)} {Branch}"), StringComparison.Ordinal);
        Assert.Equal(0, await joining.EndAsync());
    }

    [Fact]
    public async Task A_box_between_hub_and_head_office_is_noticed_and_gains_nothing()
    {
        await using HeadOfficeUnderTest office = await HeadOfficeUnderTest.StartAsync();
        await using var between = new BoxBetween(office.Port);
        HeadOfficeUnderTest.Talk joining = office.Join("hub", Branch, between.Port);
        string shown = await HeadOfficeUnderTest.CodeAsync(joining);
        await Eventually.Is(() => between.WaitsAtHub, "the box waits at head office in the hub's place");

        Assert.Contains("somebody stands between", await office.TypeAsync($"{shown} {Branch}"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(office.Broker.Certificates, Branch + ".crt")));
    }
}
