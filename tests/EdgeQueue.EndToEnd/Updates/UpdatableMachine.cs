using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Simulation;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Updates;

/// <summary>
/// A device with a real keypad node and a real updater. The machine under them is played: two slots are two files with a version, a start of the machine is a kill -9 of
/// everything on it, and what stands for RAUC is a shell script, given by the updater's configuration: it takes a bundle that begins with "good", and writes the version that
/// stands in it into the other slot. RAUC itself is seen in images/boot-tests only.
/// </summary>
internal sealed class UpdatableMachine : IAsyncDisposable
{
    public const string Kind = "edgequeue-node";

    private readonly Broker _broker;
    private readonly string _folder;
    private readonly string _name;
    private readonly FakeKeys _keys;
    private readonly NodeProcess _node;
    private int _boots;

    private UpdatableMachine(Broker broker, string folder, string name, string counter)
    {
        (_broker, _name) = (broker, name);
        _folder = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        Write("version", "1");
        Write("healthy", "1\n");
        Write("go", "");
        Boot();
        Script("install", """
            echo "  0% Installing"
            while [ ! -e "$here/go" ]; do sleep 0.05; done
            [ "$(head -c 4 "$1")" = good ] || { echo "LastError: signature verification failed"; exit 1; }
            head -n 1 "$1" | cut -d' ' -f2 > "$here/other"
            echo "100% Installing done."
            """);
        Script("restart", """echo 1 > "$here/restart-asked" """);
        _keys = new FakeKeys(Path.Combine(_folder, "keys"));
        MqttTls tls = broker.Tls(name);
        File.WriteAllBytes(Path.Combine(_folder, "update.json"), UpdateJson.Write(new UpdaterFile
        {
            V = 1, Branch = Broker.Branch, Node = name, Work = Path.Combine(_folder, "work"), Compatible = Kind,
            Broker = new BrokerConfiguration(broker.Host, broker.Port, tls.AuthorityFile, tls.CertificateFile!, tls.KeyFile!),
            Version = Path.Combine(_folder, "version"), Healthy = Path.Combine(_folder, "healthy"), BootId = Path.Combine(_folder, "boot-id"),
            Install = ["/bin/sh", Path.Combine(_folder, "install")], Restart = ["/bin/sh", Path.Combine(_folder, "restart")],
        }));
        Updater = new StartedProgram($"{name}'s updater", Executables.Tool, "update", "run", "--config", Path.Combine(_folder, "update.json"));
        _node = NodeProcess.Start(
            broker, Directory.CreateDirectory(Path.Combine(_folder, "node")).FullName, name,
            new UnitConfiguration { Unit = "keypad", Keypad = new KeypadConfiguration { Counter = counter, Input = Path.Combine(_folder, "keys") } },
            new Dictionary<string, string> { ["EDGEQUEUE_IMAGE_VERSION_FILE"] = Path.Combine(_folder, "version") });
    }

    public StartedProgram Updater { get; }

    public string Version => File.ReadAllText(Path.Combine(_folder, "version")).Trim();

    public bool IsToRestart => File.Exists(Path.Combine(_folder, "restart-asked"));

    /// <summary>Bytes of the bundle that are here.</summary>
    public long Fetched => Directory.Exists(Path.Combine(_folder, "work"))
        ? Directory.GetFiles(Path.Combine(_folder, "work"), "*.raucb*").Sum(f => new FileInfo(f).Length) : 0;

    /// <summary>What is fetched of this bundle finds no room.</summary>
    /// <returns>What to delete so that there is room again.</returns>
    public string FillDisk(string sha256) => File.CreateSymbolicLink(Path.Combine(_folder, "work", sha256 + ".raucb.part"), "/dev/full").FullName;

    public static UpdatableMachine Start(Broker broker, string folder, string name, string counter)
    {
        var machine = new UpdatableMachine(broker, folder, name, counter);
        machine.Updater.Start();
        return machine;
    }

    /// <summary>The installer stands still until it is let go.</summary>
    public void HoldInstaller() => File.Delete(Path.Combine(_folder, "go"));

    public void LetInstallerGo() => Write("go", "");

    /// <summary>The machine starts anew: in the other slot when something was installed there, and stays when that becomes healthy.</summary>
    public void Restart(bool healthy = true)
    {
        Updater.Kill();
        _node.Kill();
        File.Delete(Path.Combine(_folder, "restart-asked"));
        string other = Path.Combine(_folder, "other");
        if (healthy && File.Exists(other))
        {
            File.Move(other, Path.Combine(_folder, "version"), overwrite: true);
            File.AppendAllText(Path.Combine(_folder, "healthy"), Version + "\n");
        }

        Boot();
        _node.StartAgain();
        Updater.Start();
    }

    public async ValueTask DisposeAsync()
    {
        LetInstallerGo();
        Updater.Dispose();
        await _node.DisposeAsync();
        _keys.Dispose();
    }

    private void Boot() => Write("boot-id", $"boot {++_boots}");

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    private void Script(string file, string text) => Write(file, $"here='{_folder}'\n{text}\n");
}
