using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Simulation;
using EdgeQueue.Mqtt;
using EdgeQueue.Tool.Bookings;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Technician;

/// <summary>The technician's commands, as typed, against a real hub and broker.</summary>
public sealed class TechnicianTests
{
    [Fact]
    public async Task Status_says_who_is_missing_and_its_exit_code_says_whether_all_is_well()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync(counters: 1);
        _ = hub.Broker.Tls("watch");
        string[] words = ["status", "--branch-name", Broker.Branch, "--broker", $"{hub.Broker.Host}:{hub.Broker.Port}", "--certificates", hub.Broker.Certificates, "--once"];
        await hub.LoggedAsync("desk-1/keypad is missing");

        (int code, string said) = await TypeAsync(words);
        Assert.Equal(1, code);
        Assert.Contains("hub is there", said, StringComparison.Ordinal);
        Assert.Contains("desk-1/keypad (keypad) is missing for", said, StringComparison.Ordinal);
        Assert.Contains("0 waiting", said, StringComparison.Ordinal);

        hub.Broker.Kill();
        (code, said) = await TypeAsync(words);
        Assert.Equal(2, code);
        Assert.Contains("connection refused", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_what_is_well_and_says_what_to_do_about_the_rest()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync(counters: 1);
        string folder = hub.Folder;
        using var keys = new FakeKeys(Path.Combine(folder, "keys"));
        string keypad = Unit(hub, "desk-1", new UnitConfiguration { Unit = "keypad", Keypad = new KeypadConfiguration { Counter = "c1", Input = Path.Combine(folder, "keys") } });

        // A key that lies in the FIFO is pressed when the doctor looks.
        keys.Press(KeyCode.KeypadEnter);
        (int code, string said) = await TypeAsync("doctor", "--config", keypad, "--try", "--journal", hub.Journal, "--hub", Executables.Hub);
        Assert.True(code == 0, said);
        foreach (string well in (string[])["ok    certificate", "ok    link", "ok    hub", "ok    clock", "ok    disk", "ok    keys", "ok    journal", "All is well."])
        {
            Assert.Contains(well, said, StringComparison.Ordinal);
        }

        // A printer that is not there, and a key that everybody can read.
        string door = Unit(hub, "door", new UnitConfiguration
        {
            Unit = "tickets",
            Dispenser = new DispenserConfiguration
            {
                Input = Path.Combine(folder, "buttons"), Buttons = [new ButtonConfiguration("KEY_1", "general")],
                Printer = new PrinterConfiguration { Path = $"tcp://127.0.0.1:{FreePorts.Take(1)[0]}" },
            },
        });
        File.SetUnixFileMode(hub.Broker.Tls("door").KeyFile!, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        (code, said) = await TypeAsync("doctor", "--config", door);
        Assert.Equal(1, code);
        Assert.Contains("FAULT printer", said, StringComparison.Ordinal);
        Assert.Contains("FAULT certificate", said, StringComparison.Ordinal);
        Assert.Contains("chmod 600", said, StringComparison.Ordinal);

        hub.Broker.Kill();
        (code, said) = await TypeAsync("doctor", "--config", keypad);
        Assert.Equal(1, code);
        Assert.Contains("FAULT link", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_has_what_support_needs_and_no_secret_and_nobody_in_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequeue-bundle-");
        try
        {
            await using Broker broker = await Broker.StartAsync();
            _ = broker.Tls("door");
            PhoneKeyFile.Ensure(broker.Certificates);
            string branch = Path.Combine(folder.FullName, "branch.json");
            await File.WriteAllTextAsync(branch, TestBranch.Json(1), TestContext.Current.CancellationToken);
            string log = Path.Combine(folder.FullName, "hub.log");
            string key = await File.ReadAllTextAsync(Path.Combine(broker.Certificates, "door.key"), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                log, $"hub[100] EdgeQueue hub for branch 'test'\nsomebody typed +47 912 34 567\nedgequeue claim 4829 1730\n{key}\n", TestContext.Current.CancellationToken);
            string bundle = Path.Combine(folder.FullName, "bundle.tar.gz");

            (int code, string said) = await TypeAsync(
                "bundle", "--out", bundle, "--logs", log, "--config", branch, "--certificates", broker.Certificates);
            Assert.True(code == 0, said);

            string all = await UnpackedAsync(bundle);
            Assert.Contains("EdgeQueue hub for branch 'test'", all, StringComparison.Ordinal);
            Assert.Contains("\"services\"", all, StringComparison.Ordinal);
            Assert.Contains("door.crt: CN=door", all, StringComparison.Ordinal);
            List<string> secrets = ["912 34 567", "91234567", "4829 1730", "pbkdf2", "PRIVATE KEY"];
            foreach (string file in Directory.GetFiles(broker.Certificates, "*.key"))
            {
                secrets.AddRange((await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Where(l => l.Length > 20 && l[0] != '-'));
            }

            Assert.True(secrets.Count > 8, "the keys were read");
            Assert.All(secrets, s => Assert.DoesNotContain(s, all, StringComparison.Ordinal));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bundle));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Unit(HubUnderTest hub, string node, UnitConfiguration unit)
    {
        MqttTls tls = hub.Broker.Tls(node);
        string path = Path.Combine(hub.Folder, $"{node}.{unit.Unit}.json");
        File.WriteAllBytes(path, ContractJson.Write(new NodeFile
        {
            V = 1, Branch = Broker.Branch, Node = node, State = hub.Folder, Unit = unit,
            Broker = new BrokerConfiguration(hub.Broker.Host, hub.Broker.Port, tls.AuthorityFile, tls.CertificateFile!, tls.KeyFile!),
        }));
        return path;
    }

    private static async Task<(int Code, string Said)> TypeAsync(params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(Executables.Tool, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    private static async Task<string> UnpackedAsync(string bundle)
    {
        await using var file = new GZipStream(File.OpenRead(bundle), CompressionMode.Decompress);
        await using var tar = new TarReader(file);
        var all = new System.Text.StringBuilder();
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            all.AppendLine(entry.Name);
            using var reader = new StreamReader(entry.DataStream!);
            all.AppendLine(await reader.ReadToEndAsync());
        }

        return all.ToString();
    }
}
