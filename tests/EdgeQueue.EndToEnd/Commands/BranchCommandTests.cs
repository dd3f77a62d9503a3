using System.CommandLine;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Tool.Commands;

namespace EdgeQueue.EndToEnd.Commands;

/// <summary>The technician's commands that read a branch's file: check, pin, configure.</summary>
public sealed class BranchCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequeue-branch-");
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_branch_without_faults_is_checked_with_0()
    {
        Assert.Equal(0, Run(CheckCommand.Create(), Example()));
        Assert.StartsWith("demo, revision 1: no faults.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_fault_is_a_line_with_file_line_and_path()
    {
        var file = Path.Combine(folder.FullName, "branch.json");
        File.WriteAllText(file, File.ReadAllText(Example())
            .Replace("\"prefix\": \"F\"", "\"prefix\": \"O\"", StringComparison.Ordinal)
            .Replace("\"zone\": \"hall\", \"workProfile\": \"quick\"", "\"zone\": \"halls\", \"workProfile\": \"quick\"", StringComparison.Ordinal));

        Assert.Equal(1, Run(CheckCommand.Create(), file));

        var told = errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, told.Length);
        Assert.Matches(@"branch\.json: line \d+, \$\.services\[2\]\.prefix: ", told[0]);
        Assert.Matches(@"branch\.json: line \d+, \$\.counters\[0\]\.zone: .*Did you mean 'hall'\?", told[1]);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        Assert.Equal(1, Run(CheckCommand.Create(), "/nowhere/branch.json"));
        Assert.Contains("/nowhere/branch.json: there is no such file", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_operators_PIN_gets_the_branchs_salt()
    {
        Assert.Equal(0, Run(PinCommand.Create(new StringReader("5555\n")), "--branch", Example()));

        var hash = output.ToString().TrimEnd();
        Assert.True(PinHash.Matches(hash, "5555"));
        Assert.StartsWith(hash[..hash.LastIndexOf('$')], Branch().Configuration.Operators[0].PinHash, StringComparison.Ordinal);
    }

    [Fact]
    public void A_PIN_that_somebody_has_is_refused()
    {
        Assert.Equal(1, Run(PinCommand.Create(new StringReader("1111\n")), "--branch", Example()));
        Assert.Contains("'anna'", errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void Every_unit_gets_a_file_that_a_node_can_read()
    {
        var nodes = Path.Combine(folder.FullName, "nodes");
        var devices = Path.Combine(folder.FullName, "devices");

        Assert.Equal(0, Run(
            ConfigureCommand.Create(), "--branch", Example(), "--out", nodes, "--broker", "hub.local:8883", "--certificates", "/etc/eq",
            "--simulate", devices, "--state", "/var/eq", "--printer-port", "9200"));

        Assert.Equal(
            Branch().Units.Select(u => $"{u.Address.Node}.{u.Address.Unit}.json").Order(StringComparer.Ordinal),
            Directory.GetFiles(nodes).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.True(ContractJson.TryRead<NodeFile>(File.ReadAllBytes(Path.Combine(nodes, "dispenser-1.tickets.json")), out var file, out var fault), fault);
        Assert.Equal(new BrokerConfiguration("hub.local", 8883, "/etc/eq/authority.crt", "/etc/eq/dispenser-1.crt", "/etc/eq/dispenser-1.key"), file.Broker);
        Assert.Equal("/var/eq/dispenser-1.tickets", file.State);
        Assert.Equal("tcp://127.0.0.1:9200", file.Unit.Dispenser!.Printer.Path);
        Assert.Contains("pcm.edgequeue_audio-hall_voice", File.ReadAllText(Path.Combine(devices, "asound.conf")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hub")]
    [InlineData("hub:0")]
    [InlineData("hub:x")]
    public void A_broker_without_a_port_is_refused(string broker)
    {
        Assert.Equal(1, Run(ConfigureCommand.Create(), "--branch", Example(), "--out", folder.FullName, "--broker", broker));
        Assert.Contains("host:port", errors.ToString(), StringComparison.Ordinal);
    }

    private int Run(Command command, params string[] arguments) =>
        command.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors });

    private static LoadedBranch Branch()
    {
        Assert.True(BranchConfigurationLoader.TryLoad(File.ReadAllBytes(Example()), _ => true, out var branch, out _));
        return branch;
    }

    private static string Example()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "EdgeQueue.sln")))
        {
            at = Path.GetDirectoryName(at) ?? throw new DirectoryNotFoundException("No EdgeQueue.sln above the tests.");
        }

        return Path.Combine(at, "examples", "branch", "branch.json");
    }
}
