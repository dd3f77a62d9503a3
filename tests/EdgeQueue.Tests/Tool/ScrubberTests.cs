using EdgeQueue.Tool.Support;

namespace EdgeQueue.Tests.Tool;

/// <summary>What support gets is without secrets and without people.</summary>
public sealed class ScrubberTests
{
    [Theory]
    [InlineData("checked in with 91234567", "checked in with (removed)")]
    [InlineData("the number was 91234567.", "the number was (removed).")]
    [InlineData("phone:91234567, name", "phone:(removed), name")]
    [InlineData("call +47 912 34 567 back", "call (removed) back")]
    [InlineData("edgequeue claim 4829 1730 --node NAME", "edgequeue claim (removed) --node NAME")]
    [InlineData("hash pbkdf2-sha256$100000$RWRnZQ==$j8mZ= here", "hash (removed) here")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\nafter", "(removed)\nafter")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nMIGH", "(removed)")]
    public void A_line_loses_what_is_nobodys_business(string line, string left) => Assert.Equal(left, Scrubber.Lines(line));

    [Theory]
    [InlineData("2026-11-22T05:59:31.529Z info: hub[120] A042 called at c1, event 4211")]
    [InlineData("journal 5f0c3a9e7b1d4c2e8a6f9b0d3c5e7f10 at event 0")]
    [InlineData("connected to 192.168.1.10:8883")]
    public void A_line_keeps_times_labels_journals_and_addresses(string line) => Assert.Equal(line, Scrubber.Lines(line));

    [Fact]
    public void A_configuration_loses_hashes_and_tokens_wherever_they_are_and_keeps_its_keys_names() => Assert.Equal(
        """{"operators":[{"id":"anna","pinHash":"(removed)"}],"nodes":[{"key":"KEY_1","service":"cash"}],"broker":{"key":"(removed)"},"x":{"token":"(removed)"}}""",
        Scrubber.Json("""{"operators":[{"id":"anna","pinHash":"pbkdf2"}],"nodes":[{"key":"KEY_1","service":"cash"}],"broker":{"key":"/etc/x.key"},"x":{"token":{"a":1}}}"""));

    [Fact]
    public void What_is_not_JSON_is_not_packed() => Assert.Null(Scrubber.Json("pin: 1234"));
}
