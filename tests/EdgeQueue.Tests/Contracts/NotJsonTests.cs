using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tests.Contracts;

/// <summary>What is said of a file that is no JSON: where, and in words for whoever wrote it.</summary>
public sealed class NotJsonTests
{
    [Theory]
    [InlineData("", "column 1: there is nothing in it.")]
    [InlineData("{\"v\":1,}", "column 8: there is a comma behind the last property. Take it away.")]
    [InlineData("{\"v\":[1,]}", "column 9: there is a comma behind the last item of the list. Take it away.")]
    [InlineData("{\"v\":1", "the text ends before everything is closed. Add the '}' or ']' that is missing.")]
    [InlineData("{\"v", "a text is not closed. Add its second '\"'.")]
    [InlineData("{\"v\":\"a\nb\"}", "the end of the line cannot stand in a text as it is.")]
    [InlineData("{\"v\":\"a\tb\"}", "a tab cannot stand in a text as it is.")]
    [InlineData("{\"v\":\"\\x\"}", "behind the '\\' in a text, 'x' means nothing.")]
    [InlineData("{\"v\":\"\\u12g4\"}", "behind \\u in a text stand four digits, 0 to 9 and a to f; here is 'g'.")]
    [InlineData("{v:1}", "a name is missing, and here is 'v'. Names stand in double quotes")]
    [InlineData("{'v':1}", "a name is missing, and here is a single quote.")]
    [InlineData("{\"v\" 1}", "behind a name there must be ':', and here is '1'.")]
    [InlineData("{\"v\":}", "a value is missing before '}'.")]
    [InlineData("{\"v\":,}", "a value is missing before ','.")]
    [InlineData("{\"v\":", "the text ends ")]
    [InlineData("{", "the text ends ")]
    [InlineData("{\"v\":yes}", "'y' begins no value. Texts stand in double quotes")]
    [InlineData("{\"v\":'yes'}", "texts stand in double quotes")]
    [InlineData("{\"v\":1} // one", "JSON has no comments. Take this away.")]
    [InlineData("{\"v\": // one\n1}", "JSON has no comments. Take this away.")]
    [InlineData("{\"v\":1 \"w\":2}", "here is '\"'. Perhaps a comma is missing.")]
    [InlineData("{\"v\":1}}", "behind the end of everything there is still '}'.")]
    [InlineData("{\"v\":[1}", "'}' closes nothing that is open here.")]
    [InlineData("{\"v\":treu}", "this is no value. Without quotes there are only true, false, null and numbers.")]
    [InlineData("{\"v\":01}", "a number does not begin with 0")]
    [InlineData("{\"v\":1.}", "a number is not complete.")]
    [InlineData("{\"v\":-}", "a number is not complete.")]
    [InlineData("{\"v\":1x}", "'x' cannot stand in a number, or behind one.")]
    [InlineData("{\"name\":{\"ar\":\"مركز\"},,}", "column 23: a name is missing, and here is ','.")]
    public void What_is_not_JSON_is_told_without_the_words_of_programmers(string text, string words)
    {
        var sentence = Assert.Single(BrokenBranch.FaultsOf(text)).Sentence;

        Assert.Contains(words, sentence, StringComparison.Ordinal);
        Assert.All(
            (string[])["JSON string", "JSON object", "literal", "invalid", "payload", "token", "reader", "isFinalBlock", "LineNumber", "BytePosition", "in this mode", "0x"],
            w => Assert.DoesNotContain(w, sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void No_place_where_a_file_is_cut_and_no_byte_that_is_wrong_is_without_words()
    {
        var whole = ExampleBranchTests.Json()[..3000];
        for (var at = 0; at < whole.Length; at++)
        {
            Told(whole[..at]);
            foreach (var wrong in "x\"\\,:{}[]0-\n\t'/\u0001"u8)
            {
                var bytes = whole.ToArray();
                bytes[at] = wrong;
                Told(bytes);
            }
        }

        static void Told(byte[] bytes)
        {
            BranchConfigurationLoader.TryLoad(bytes, _ => true, out _, out var faults);
            Assert.All(faults.Where(f => f.Sentence.StartsWith("This is not JSON", StringComparison.Ordinal)),
                f => Assert.DoesNotContain("something here", f.Sentence, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{\n  \"v\": 1,\n  oops\n}", 3, 3)]
    [InlineData("{\"v\":1,}", 1, 8)]
    public void What_is_not_JSON_is_told_with_line_and_column(string text, int line, int column)
    {
        var fault = Assert.Single(BrokenBranch.FaultsOf(text));

        Assert.Equal(line, fault.Line);
        Assert.Contains($"line {line}, column {column}:", fault.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"branch":"a","branch":"b"}""", "$.branch", "here twice")]
    [InlineData("[]", "$", "it must be an object")]
    [InlineData("""{"branch":"\ud800"}""", "$", "not valid Unicode")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}}}}}}}}""", "$", "not JSON")]
    public void Strange_JSON_is_a_fault_and_not_a_crash(string text, string path, string sentence) => Assert.Contains(
        BrokenBranch.FaultsOf(text), f => f.Path == path && f.Sentence.Contains(sentence, StringComparison.Ordinal));
}
