namespace EdgeQueue.Tests.Contracts;

/// <summary>What would start, and be found out by people in the hall.</summary>
public sealed class LateFaultTests
{
    [Theory]
    [InlineData("$.nodes[1].units[1].keypad.lamp", "\"/dev/gpiochip0:abc\"", "$.nodes[1].units[1].keypad.lamp", "is not a pin")]
    [InlineData("$.nodes[1].units[1].keypad.lamp", "\"/dev/gpiochip0:17:high\"", "$.nodes[1].units[1].keypad.lamp", "is not a pin")]
    [InlineData("$.nodes[1].units[0].display.closedText", "\"CLOSED NOW\"", "$.nodes[1].units[0].display.closedText", "Shorten it")]
    [InlineData("$.name.nb", "\"  \"", "$.name.nb", "only blanks")]
    [InlineData("$.nodes[1].units[1].keypad.transferTargets", """[{"counter": "c1"}]""", "$.nodes[1].units[1].keypad.transferTargets[0].counter", "the counter of this keypad")]
    [InlineData("$.ticketLink", "\"https://example.org/{foo}\"", "$.ticketLink", "Nothing is put in the place of '{foo}'")]
    [InlineData("$.ticketLink", "\"https://example.org/{labels}\"", "$.ticketLink", "Did you mean 'label'?")]
    [InlineData("$.services[0].hours", """[{"days": ["mon"], "from": "00:30", "to": "04:00"}]""", "$.businessDay.ends", "ends in the middle of the hours at $.services[0].hours[0]")]
    [InlineData("$.buffers", """[{"id": "near", "workProfile": "quick", "zone": "hall", "size": 2, "number": "1", "place": "window"}]""", "$.buffers[0].number", "called to two places by one name")]
    [InlineData("$.segmentRules", """[{"segment": "priority"}, {"attributes": ["veteran"], "segment": "priority"}]""", "$.segmentRules[0]", "fits everybody")]
    public void What_people_would_find_out_is_told_before(string place, string json, string path, string sentence)
    {
        var faults = new BrokenBranch().With(place, json).Faults();

        Assert.Contains(faults, f => f.Path == path && f.Sentence.Contains(sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$.services[0].hours", """[{"days": ["mon"], "from": "00:00", "to": "24:00"}]""")]
    [InlineData("$.buffers", """[{"id": "near", "workProfile": "quick", "zone": "hall", "size": 2, "number": "1", "place": "desk"}]""")]
    [InlineData("$.segmentRules", """[{"attributes": ["veteran"], "segment": "priority"}, {"segment": "priority"}]""")]
    [InlineData("$.ticketLink", "\"https://example.org/{branch}/{visit}?{label}={secret}\"")]
    public void What_is_only_unusual_is_no_fault(string path, string json) => Assert.Empty(new BrokenBranch().With(path, json).Faults());
}
