using System.Text;
using System.Text.Json.Nodes;
using EdgeQueue.Cloud.Configuration;

namespace EdgeQueue.Tests.Cloud.Configuration;

/// <summary>An operator is changed in the bytes of a configuration.</summary>
public sealed class OperatorEditTests
{
    private const string File = """
        {
          "v": 1, "revision": 7,
          "branch": "oslo",
          "operators": [{"id": "anna", "skills": [{"service": "cash"}]},   {"id": "åse", "later": {"x": [1]}}],
          "services": [ {"id": "cash"} ]
        }
        """;

    [Fact]
    public void Nothing_else_of_the_file_changes_but_its_revision()
    {
        string changed = Text(OperatorEdit.With(Bytes(File), 12, operators => OperatorEdit.Of(operators, "anna")["workProfile"] = "quick"));

        Assert.Equal(
            File.Replace("7", "12", StringComparison.Ordinal).Replace(
                """[{"id": "anna", "skills": [{"service": "cash"}]},   {"id": "åse", "later": {"x": [1]}}]""",
                "[\n    {\"id\":\"anna\",\"skills\":[{\"service\":\"cash\"}],\"workProfile\":\"quick\"},\n    {\"id\":\"åse\",\"later\":{\"x\":[1]}}\n  ]",
                StringComparison.Ordinal),
            changed);
    }

    [Theory]
    [InlineData("""{"v": 1, "revision": 7, "branch": "oslo"}""")]
    [InlineData("\uFEFF{\"v\": 1, \"revision\": 7, \"branch\": \"oslo\", \"operators\": []}")]
    [InlineData("""{"operators": [], "v": 1, "branch": "oslo", "revision": 7}""")]
    public void The_first_operator_comes_into_a_file_that_had_none(string file)
    {
        JsonNode changed = JsonNode.Parse(Text(OperatorEdit.With(Bytes(file), 8, operators => OperatorEdit.Of(operators, "anna"))).TrimStart('\uFEFF'))!;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"v": 1, "revision": 8, "branch": "oslo", "operators": [{"id": "anna"}]}"""), changed), changed.ToJsonString());
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
