using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.EndToEnd.Faults;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Branch;

/// <summary>The programs as they are delivered, started from a command line.</summary>
[Collection(nameof(WholeBranch))]
public sealed class ProgramsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequeue-programs-");

    private static string Example => Path.Combine(Executables.Root(), "examples", "branch", "branch.json");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_check_of_a_branch_sees_light_paper_and_sound()
    {
        using var console = new StringWriter();
        var stage = new BranchStage(
            new StageOptions(Example, Path.Combine(folder.FullName, "stage"), Executables.Hub, Executables.Node, Executables.Panel), console);
        try
        {
            stage.Prepare();
            await stage.StartAsync(TestContext.Current.CancellationToken);
            await stage.CompleteAsync(TestContext.Current.CancellationToken);
            await using var panel = new PanelClient(stage.PanelUrl!);
            Assert.True(await new StageCheck(panel, "1111", console).RunAsync(TestContext.Current.CancellationToken), console.ToString());
        }
        finally
        {
            await stage.DisposeAsync();
        }

        Assert.All(
            ["open the counter", "take a ticket", "call it", "hear it"],
            step => Assert.Contains($"ok     {step}:", console.ToString(), StringComparison.Ordinal));
        Assert.All(stage.Processes, process => Assert.Equal(0, process.Pid));
    }

    [Fact]
    public void The_technicians_tool_helps_checks_configures_and_makes_certificates()
    {
        var help = Run("--help");
        Assert.All(["check", "pin", "configure", "certificates", "up", "journal"], word => Assert.Contains(word, help, StringComparison.Ordinal));
        Assert.StartsWith("demo, revision 1: no faults.", Run("check", Example), StringComparison.Ordinal);

        var nodes = Path.Combine(folder.FullName, "nodes");
        Run("configure", "--branch", Example, "--out", nodes, "--broker", "hub.local:8883");
        Assert.Equal(12, Directory.GetFiles(nodes, "*.json").Length);

        var certificates = Path.Combine(folder.FullName, "certificates");
        Run("certificates", "--branch", "demo", "--out", certificates, "--hub", "--watch", "--node", "dispenser-1");
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(certificates, "authority.crt"));
        using var node = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(certificates, "dispenser-1.crt"));
        Assert.Equal(authority.Subject, node.Issuer);
        Assert.Equal("CN=dispenser-1", node.Subject);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(certificates, "dispenser-1.key")));
    }

    [Fact]
    public void A_word_that_the_tool_does_not_know_is_refused()
    {
        var (code, text) = Start("chek", Example);
        Assert.NotEqual(0, code);
        Assert.Contains("chek", text, StringComparison.Ordinal);
    }

    private static string Run(params string[] arguments)
    {
        var (code, text) = Start(arguments);
        Assert.True(code == 0, $"edgequeue {string.Join(' ', arguments)} ended with {code}:\n{text}");
        return text;
    }

    private static (int Code, string Text) Start(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Executables.Tool, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + errors.Result);
    }
}
