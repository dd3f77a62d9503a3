using System.Text;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Tests.Contracts;

/// <summary>
/// What goes over the wire stays as it is: somebody else may read it, and an older node talks to a newer hub. A deliberate
/// addition is made by hand in the golden file and in <c>broker-config/MESSAGES.md</c>.
/// </summary>
public sealed class GoldenMessageTests
{
    public static TheoryData<string> Names => [.. GoldenMessage.All.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_written_byte_for_byte_as_ever(string name) =>
        Assert.Equal(Golden(name), Message(name).Text);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_read_and_written_again_without_loss(string name) =>
        Assert.Equal(Golden(name), Encoding.UTF8.GetString(Message(name).Again(Encoding.UTF8.GetBytes(Golden(name)))));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_documentation_shows_the_message_and_its_topic(string name)
    {
        var page = File.ReadAllText(RepositoryFolder.PathOf("broker-config", "MESSAGES.md"));

        Assert.Contains(Golden(name), page, StringComparison.Ordinal);
        Assert.Contains($"`{Message(name).Topic}`", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_golden_file_belongs_to_a_message() => Assert.Equal(
        GoldenMessage.All.Select(m => m.Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_kind_of_topic_has_a_message()
    {
        var topics = new Topics("demo");
        var kinds = GoldenMessage.All.Select(m => topics.TryParse(m.Topic, out var address) ? address.Kind : (TopicKind?)null);

        Assert.Equal(Enum.GetValues<TopicKind>().Cast<TopicKind?>().Order(), kinds.Distinct().Order());
    }

    private static string Folder => RepositoryFolder.PathOf("tests", "EdgeQueue.Tests", "Contracts", "golden");

    private static GoldenMessage Message(string name) => GoldenMessage.All.Single(m => m.Name == name);

    // A text file ends with a line feed; a message does not.
    private static string Golden(string name) => File.ReadAllText(Path.Combine(Folder, name + ".json"))[..^1];
}
