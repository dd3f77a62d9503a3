using System.Text.RegularExpressions;
using System.Xml.Linq;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests;

/// <summary>The tree and dependency rule, and what may not be written where.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Libraries = ["EdgeQueue.Core", "EdgeQueue.Mqtt", "EdgeQueue.Hardware"];

    [Fact]
    public void The_core_references_nothing_outside_NET()
    {
        var project = Project("EdgeQueue.Core");

        Assert.Empty(project.Descendants("ProjectReference"));
        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
        Assert.All(
            typeof(Command).Assembly.GetReferencedAssemblies(),
            reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("EdgeQueue.Mqtt")]
    [InlineData("EdgeQueue.Hardware")]
    public void Other_libraries_reference_at_most_the_core(string name) =>
        Assert.Empty(ReferencesOf(Project(name)).Except(["EdgeQueue.Core"]));

    [Fact]
    public void Executables_never_reference_one_another()
    {
        foreach (var file in ProjectFiles("device", "cloud").Where(f => !Libraries.Contains(Path.GetFileNameWithoutExtension(f))))
        {
            Assert.Empty(ReferencesOf(XDocument.Load(file)).Except(Libraries));
        }
    }

    [Fact]
    public void The_cloud_takes_the_core_and_the_MQTT_client() =>
        Assert.Equal(
            ["EdgeQueue.Core", "EdgeQueue.Mqtt"],
            ReferencesOf(XDocument.Load(RepositoryFolder.PathOf("cloud", "EdgeQueue.Cloud", "EdgeQueue.Cloud.csproj"))).Order());

    [Fact]
    public void No_file_hides_a_second_idea()
    {
        var found = Sources("device", "cloud", "tests").Where(f => File.ReadLines(f).Count() > 300).Select(Relative);

        Assert.Empty(found);
    }

    [Fact]
    public void The_core_reads_no_clock_no_file_no_socket_and_no_chance()
    {
        foreach (var file in Sources("device/EdgeQueue.Core"))
        {
            var impure = CodeOf(file).Where(l => Impure().IsMatch(l.Text)).Select(l => $"{Relative(file)}:{l.Number}: {l.Text.Trim()}");
            Assert.Empty(impure);
        }
    }

    [Theory]
    [InlineData("var now = DateTime.UtcNow;", true)]
    [InlineData("File.ReadAllBytes(path)", true)]
    [InlineData("new Socket(AddressFamily.Unix)", true)]
    [InlineData("private readonly TimeProvider time;", true)]
    [InlineData("using System.IO;", true)]
    [InlineData("using System.IO.Compression;", false)]
    [InlineData("private string File(UnitAddress unit)", false)]
    [InlineData("public static string NameOf(NodeFile file)", false)]
    public void A_clock_a_file_and_a_socket_are_seen(string line, bool impure) => Assert.Equal(impure, Impure().IsMatch(line));

    [Fact]
    public void Topics_are_built_in_one_file_and_nowhere_else()
    {
        var root = "edgequeue/" + "v1";
        var found = Sources("device", "cloud").Where(f => CodeOf(f).Any(l => l.Text.Contains(root, StringComparison.Ordinal))).Select(Relative);

        Assert.Equal(["device/EdgeQueue.Core/Contracts/Topics.cs"], found);
    }

    [GeneratedRegex(
        @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bStopwatch\b|\bTimeProvider\b|\bEnvironment\.|\b(File|Directory|Path)\.[A-Z]|\bFileStream\b"
        + @"|\bSystem\.(IO(?!\.Compression)|Net)\b|\bnew (Socket|TcpClient|HttpClient)\b|\bConsole\.|\bTask\.(Run|Delay)\b|\bThread\.|\bGuid\.NewGuid\b"
        + @"|\bRandom\.Shared\b|\bnew Random\b|\bRandomNumberGenerator\b|\bTimeZoneInfo\.")]
    private static partial Regex Impure();

    private static IEnumerable<string> ReferencesOf(XDocument project) => project.Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

    private static XDocument Project(string name) => XDocument.Load(RepositoryFolder.PathOf("device", name, name + ".csproj"));

    private static IEnumerable<string> ProjectFiles(params string[] folders) => Files(folders, "*.csproj");

    private static IEnumerable<string> Sources(params string[] folders) => Files(folders, "*.cs");

    private static IEnumerable<string> Files(string[] folders, string pattern) => folders
        .Select(f => RepositoryFolder.PathOf(f)).Where(Directory.Exists)
        .SelectMany(f => Directory.EnumerateFiles(f, pattern, SearchOption.AllDirectories))
        .Where(f => !Relative(f).Split('/').Any(part => part is "obj" or "bin"));

    /// <summary>Lines that are not comments: a comment may name what the code must not use.</summary>
    private static IEnumerable<(int Number, string Text)> CodeOf(string file) => File.ReadLines(file)
        .Select((text, index) => (index + 1, text)).Where(l => !l.text.TrimStart().StartsWith("//", StringComparison.Ordinal));

    private static string Relative(string file) => Path.GetRelativePath(RepositoryFolder.Root, file).Replace('\\', '/');
}
