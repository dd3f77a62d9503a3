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
    [InlineData("$.nodes[1].units[1].keypad.keys", """{"KEY_KP7": "evacuate"}""", "$.nodes[1].units[1].keypad.keys.KEY_KP7", "'KEY_KP7' is the key of the digit 7: without it no PIN")]
    [InlineData("$.nodes[1].units[1].keypad.keys", """{"KEY_0": "none"}""", "$.nodes[1].units[1].keypad.keys.KEY_0", "the key of the digit 0")]
    [InlineData("$.nodes[1].units[1].keypad.keys", """{"79": "next"}""", "$.nodes[1].units[1].keypad.keys['79']", "'79' is the key of the digit 1")]
    [InlineData("$.nodes[0].units[0].dispenser.checkIn.keypad.keys", """{"KEY_5": "clear"}""", "$.nodes[0].units[0].dispenser.checkIn.keypad.keys.KEY_5", "no booking or phone number with a 5")]
    [InlineData("$.hall", """{"exceptions": [{"date": "2026-12-24"}, {"date": "2026-12-25"}, {"date": "2026-12-24", "hours": [{"from": "09:00", "to": "12:00"}]}]}""", "$.hall.exceptions[2].date", "$.hall.exceptions[0] is about 2026-12-24 and all services already")]
    [InlineData("$.hall", """{"exceptions": [{"date": "2026-12-24"}, {"date": "2026-12-24", "services": ["cash"]}]}""", "$.hall.exceptions[1].date", "Put it before that one")]
    [InlineData("$.hall", """{"exceptions": [{"date": "2026-12-24", "services": ["cash", "family"]}, {"date": "2026-12-24", "services": ["cash"]}]}""", "$.hall.exceptions[1].date", "the same services already")]
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
    [InlineData("$.hall", """{"exceptions": [{"date": "2026-12-24", "services": ["cash"]}, {"date": "2026-12-24", "hours": [{"from": "09:00", "to": "12:00"}]}]}""")]
    [InlineData("$.nodes[1].units[1].keypad.keys", """{"KEY_F1": "evacuate", "KEY_KPDOT": "finish"}""")]
    [InlineData("$.operatorAttributes", """["arabic"]""")]
    public void What_is_only_unusual_is_no_fault(string path, string json) => Assert.Empty(new BrokenBranch().With(path, json).Faults());

    [Theory]
    [InlineData("$.hall", """{"mode": "bookings"}""", "$.hall.mode")]
    [InlineData("$.services[1].limits", """{"bookingsOnly": true}""", "$.services[1].limits.bookingsOnly")]
    public void Where_only_bookings_get_in_somebody_can_check_in(string place, string json, string path)
    {
        Assert.Empty(new BrokenBranch().With(place, json).Faults());
        Told(new BrokenBranch().With(place, json).With("$.checkIn", null), path, "the branch takes no bookings: nobody could get in");

        // Without a desk at the dispenser, a phone still sends the booking's token.
        var noDesk = new BrokenBranch().With(place, json).With(Dispenser + ".checkIn", null).With(Dispenser + ".buttons[10].ask", null);
        Assert.Empty(noDesk.Faults());
        Told(noDesk.With("$.checkIn.by", """["number", "phone"]"""), path, "nobody can check in");
    }

    [Fact]
    public void A_wish_can_be_fulfilled_by_somebody_who_serves_the_service()
    {
        var arabic = new BrokenBranch().With("$.operatorAttributes", """["arabic", "woman"]""").With(Dispenser + ".buttons[1].wants", """["arabic", "woman"]""");
        Told(arabic, Dispenser + ".buttons[1].wants", "No operator who serves 'cash' has all of this");
        Told(arabic.With("$.operators[1].attributes", """["arabic"]"""), Dispenser + ".buttons[1].wants", "all of this");

        // daria has her own work profile, in which there is no cash desk; anna's has.
        Told(arabic.With("$.operators[2].attributes", """["arabic", "woman"]"""), Dispenser + ".buttons[1].wants", "all of this");
        Assert.Empty(arabic.With("$.operators[0].attributes", """["arabic", "woman"]""").Faults());
        Told(arabic.With("$.operators[0].skills", """[{"service": "general"}]"""), Dispenser + ".buttons[1].wants", "all of this");
    }

    [Fact]
    public void A_person_who_is_named_serves_what_people_come_for()
    {
        Told(new BrokenBranch().With(Dispenser + ".buttons[1].operator", "\"daria\""), Dispenser + ".buttons[1].operator", "'daria' serves none of what these customers come for");
        Told(new BrokenBranch().With(Dispenser + ".buttons[11].steps[0].operator", "\"daria\""), Dispenser + ".buttons[11].steps[0].operator", "'daria' serves none");
        Assert.Empty(new BrokenBranch().With(Dispenser + ".buttons[1].operator", "\"samir\"").With(Dispenser + ".buttons[2].operator", "\"daria\"").Faults());
    }

    [Fact]
    public void A_service_for_which_nobody_has_the_skill_is_told()
    {
        var branch = new BrokenBranch();
        for (var person = 0; person < 4; person++)
        {
            branch.With($"$.operators[{person}].skills", """[{"service": "general"}, {"service": "family"}, {"service": "housing"}, {"service": "passport"}]""");
        }

        Assert.Equal(["$.services[1].id"], branch.Faults().Select(f => f.Path));
        Told(branch, "$.services[1].id", "No operator can serve 'cash'");
        Assert.Empty(branch.With("$.operators[1].skills", """[{"service": "cash", "level": "secondary"}]""").Faults());
    }

    [Fact]
    public void A_group_larger_than_the_hall_is_told()
    {
        var group = new BrokenBranch().With("$.hall", """{"maxPeople": 20}""").With(Dispenser + ".buttons[2].people", "21");
        Told(group, Dispenser + ".buttons[2].people", "A group of 21 would never be let in: $.hall.maxPeople is 20");
        Assert.Empty(group.With(Dispenser + ".buttons[2].people", "20").Faults());
    }

    private const string Dispenser = "$.nodes[0].units[0].dispenser";

    private static void Told(BrokenBranch branch, string path, string sentence) =>
        Assert.Contains(branch.Faults(), f => f.Path == path && f.Sentence.Contains(sentence, StringComparison.Ordinal));
}
