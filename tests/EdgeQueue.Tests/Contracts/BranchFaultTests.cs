using System.Text;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tests.Contracts;

public sealed class BranchFaultTests
{
    [Theory]
    // structure
    [InlineData("$.services[2].priority", "0", "$.services[2].priority", "out of range: use 1 to 99")]
    [InlineData("$.services[2].priority", "1.5", "$.services[2].priority", "the number 1.5; it must be a whole number")]
    [InlineData("$.services[2].priority", "\"5\"", "$.services[2].priority", "the text '5'; it must be a whole number without quotes")]
    [InlineData("$.services[2].prefix", null, "$.services[2]", "'prefix' is missing")]
    [InlineData("$.services[2].prefx", "\"F\"", "$.services[2].prefx", "Did you mean 'prefix'?")]
    [InlineData("$.services", "{}", "$.services", "it must be a list")]
    [InlineData("$.services", "[]", "$.services", "at least 1")]
    [InlineData("$.v", "2", "$.v", "it must be 1")]
    [InlineData("$.branch", "\"Oslo City\"", "$.branch", "a-z, 0-9 and '-'")]
    [InlineData("$.branch", "\"oslo\\n\"", "$.branch", "a-z, 0-9 and '-'")]
    [InlineData("$.workProfiles[0].rule", "\"fido\"", "$.workProfiles[0].rule", "Did you mean 'fifo'?")]
    [InlineData("$.services[0].name", "{}", "$.services[0].name", "at least 1")]
    [InlineData("$.services[0].name.nb", "\"\"", "$.services[0].name.nb", "empty")]
    [InlineData("$.nodes[1].units[0].display.chip", "\"max7129-matrix\"", "$.nodes[1].units[0].display.chip", "Did you mean 'max7219-matrix'?")]
    // names
    [InlineData("$.services[1].id", "\"general\"", "$.services[1].id", "already the id of $.services[0].id")]
    [InlineData("$.counters[1].id", "\"hall\"", "$.counters[1].id", "already the id of $.zones[0].id. Zones, counters and buffers share")]
    [InlineData("$.buffers", """[{"id": "c1", "workProfile": "quick", "zone": "hall", "size": 2}]""", "$.buffers[0].id", "already the id of $.counters[0].id")]
    [InlineData("$.counters[1].number", "\"1\"", "$.counters[1].number", "already the number of $.counters[0].number")]
    [InlineData("$.nodes[1].name", "\"dispenser-1\"", "$.nodes[1].name", "already the name of")]
    [InlineData("$.nodes[1].units[1].unit", "\"display\"", "$.nodes[1].units[1].unit", "already the unit of")]
    [InlineData("$.languages[3]", "\"nb\"", "$.languages[3]", "already at $.languages[0]")]
    [InlineData("$.workProfiles[1].services[0]", "\"kash\"", "$.workProfiles[1].services[0]", "Did you mean 'cash'?")]
    [InlineData("$.workProfiles[1].services[0]", "\"general\"", "$.workProfiles[1].services[1]", "already at")]
    [InlineData("$.operators[0].workProfile", "\"slow\"", "$.operators[0].workProfile", "no 'slow' in workProfiles")]
    [InlineData("$.counters[0].zone", "\"attic\"", "$.counters[0].zone", "no 'attic' in zones")]
    [InlineData("$.counters[0].workProfile", "\"slow\"", "$.counters[0].workProfile", "no 'slow' in workProfiles")]
    [InlineData("$.zones[0].wider", "\"attic\"", "$.zones[0].wider", "no 'attic' in zones")]
    [InlineData("$.zones[2].wider", "\"hall\"", "$.zones[2].wider", "building → hall → building")]
    [InlineData("$.zones[0].wider", "\"hall\"", "$.zones[0].wider", "hall → hall")]
    [InlineData("$.nodes[1].units[0].display.counter", "\"c9\"", "$.nodes[1].units[0].display.counter", "no 'c9' in counters")]
    [InlineData("$.nodes[1].units[1].keypad.counter", "\"c9\"", "$.nodes[1].units[1].keypad.counter", "no 'c9' in counters")]
    [InlineData("$.nodes[1].units[1].keypad.transferTargets", """[{"service":"x"}]""", "$.nodes[1].units[1].keypad.transferTargets[0].service", "no 'x' in services")]
    [InlineData("$.nodes[5].units[0]", """{"unit": "pc", "console": {"counter": "c9"}}""", "$.nodes[5].units[0].console.counter", "no 'c9' in counters")]
    [InlineData("$.nodes[5].units", """[{"unit": "a", "console": {"counter": "c1"}}, {"unit": "b", "console": {"counter": "c1"}}]""", "$.nodes[5].units[1].console.counter", "has its console at")]
    [InlineData("$.nodes[1].units[1].keypad.priorities", """[{"priority": 100}]""", "$.nodes[1].units[1].keypad.priorities[0].priority", "out of range")]
    [InlineData("$.nodes[1].units[1].keypad.transferTargets", """[{}]""", "$.nodes[1].units[1].keypad.transferTargets[0]", "exactly one of")]
    [InlineData("$.nodes[5].units[0].audio.zone", "\"attic\"", "$.nodes[5].units[0].audio.zone", "no 'attic' in zones")]
    [InlineData("$.nodes[0].units[0].dispenser.buttons[0].service", "\"x\"", "$.nodes[0].units[0].dispenser.buttons[0].service", "no 'x' in services")]
    [InlineData("$.nodes[0].units[0].dispenser.buttons[5].segment", "\"x\"", "$.nodes[0].units[0].dispenser.buttons[5].segment", "no 'x' in segments")]
    // calling
    [InlineData("$.workProfiles[0].rule", "\"ratio\"", "$.workProfiles[0]", "The rule 'ratio' needs a 'ratio'")]
    [InlineData("$.workProfiles[0].ratio", """{"priority": 100}""", "$.workProfiles[0].ratio.priority", "out of range")]
    [InlineData("$.workProfiles[0].capTargets", "21", "$.workProfiles[0].capTargets", "out of range")]
    [InlineData("$.workProfiles[0].helps", """[{"service":"nosuch"}]""", "$.workProfiles[0].helps[0].service", "not one of this work profile's services")]
    [InlineData("$.operators[0].skills", """[{"service":"nosuch"}]""", "$.operators[0].skills[0].service", "no 'nosuch' in services")]
    [InlineData("$.operators[0].skills", """[{"service":"cash"},{"service":"cash"}]""", "$.operators[0].skills[1].service", "already at")]
    [InlineData("$.operators[0].attributes", """["arabic"]""", "$.operators[0].attributes[0]", "no 'arabic' in operatorAttributes")]
    [InlineData("$.nodes[0].units[0].dispenser.buttons[0].wants", """["arabic"]""", "$.nodes[0].units[0].dispenser.buttons[0].wants[0]", "no 'arabic' in operatorAttributes")]
    [InlineData("$.nodes[0].units[0].dispenser.buttons[0].operator", "\"zorro\"", "$.nodes[0].units[0].dispenser.buttons[0].operator", "no 'zorro' in operators")]
    [InlineData("$.operatorAttributes", """["a","a"]""", "$.operatorAttributes[1]", "already at")]
    [InlineData("$.nodes[1].units[1].keypad.callQueues", """["nosuch"]""", "$.nodes[1].units[1].keypad.callQueues[0]", "no 'nosuch' in services")]
    // what would fail later, or lead people to the wrong place
    [InlineData("$.nodes[1].name", "\"hub\"", "$.nodes[1].name", "'hub' is reserved")]
    [InlineData("$.nodes[1].name", "\"authority\"", "$.nodes[1].name", "'authority' is reserved")]
    [InlineData("$.services[0].name.en", "\"Gene\\u0000ral\"", "$.services[0].name.en", "nobody can see, U+0000")]
    [InlineData("$.zones[0].name.en", "\"Ha\\nll\"", "$.zones[0].name.en", "nobody can see, U+000A")]
    [InlineData("$.services[0].name.en", "\"\\u202elareneG\"", "$.services[0].name.en", "nobody can see, U+202E")]
    [InlineData("$.counters[1].number", "\"01\"", "$.counters[1].number", "'01' is read as '1' at $.counters[0].number")]
    [InlineData("$.counters[1].number", "\" 1\"", "$.counters[1].number", "is read as '1'")]
    [InlineData("$.counters[1].number", "\"１\"", "$.counters[1].number", "is read as '1'")]
    [InlineData("$.counters[1].number", "\"١\"", "$.counters[1].number", "is read as '1'")]
    [InlineData("$.counters[1].number", "\"I\"", "$.counters[1].number", "is read as '1'")]
    [InlineData("$.counters[1].number", "\"l\"", "$.counters[1].number", "is read as '1'")]
    [InlineData("$.counters[1].number", "\"\\u200b1\"", "$.counters[1].number", "is read as '1'")]
    [InlineData("$.counters[1].number", "\" 9\"", "$.counters[1].number", "There is a blank at an end")]
    [InlineData("$.counters[1].number", "\"1\\n\"", "$.counters[1].number", "nobody can see, U+000A")]
    [InlineData("$.services[0].hours", """[{"days":["mon"],"from":"08:00","to":"12:00"},{"days":["tue","mon"],"from":"11:59","to":"15:00"}]""", "$.services[0].hours[1]", "overlap on 'mon'")]
    // time
    [InlineData("$.timeZone", "\"Europe/Olso\"", "$.timeZone", "knows no time zone 'Europe/Olso'")]
    [InlineData("$.businessDay.ends", "\"3:00\"", "$.businessDay.ends", "'3:00' is not a time of day")]
    [InlineData("$.businessDay.ends", "\"24:00\"", "$.businessDay.ends", "'24:00' is not a time of day")]
    [InlineData("$.services[0].hours", """[{"days":["mon"],"from":"12:00","to":"09:00"}]""", "$.services[0].hours[0].to", "not later than it opens")]
    [InlineData("$.services[0].hours", """[{"days":["mon","mon"],"from":"08:00","to":"24:00"}]""", "$.services[0].hours[0].days[1]", "already at")]
    [InlineData("$.services[0].hours", """[{"days":["man"],"from":"08:00","to":"24:00"}]""", "$.services[0].hours[0].days[0]", "Did you mean 'mon'?")]
    [InlineData("$.nodes[1].units[0].display.night", """["00:00","24:00"]""", "$.nodes[1].units[0].display.night", "begins and ends at the same time")]
    // languages
    [InlineData("$.services[0].name.ar", null, "$.services[0].name", "The text in 'ar' is missing")]
    [InlineData("$.segments[0].name.fi", "\"Etusija\"", "$.segments[0].name.fi", "not one of the branch's languages")]
    [InlineData("$.evacuation.uk", null, "$.evacuation", "The text in 'uk' is missing")]
    [InlineData("$.zones[0].languages[0]", "\"fi\"", "$.zones[0].languages[0]", "there are no words")]
    [InlineData("$.zones[0].languages[0]", "\"de\"", "$.zones[0].languages[0]", "not one of the branch's languages")]
    [InlineData("$.nodes[0].units[0].dispenser.buttons[6].language", "\"de\"", "$.nodes[0].units[0].dispenser.buttons[6].language", "not one of the branch's languages")]
    // numbers and letters
    [InlineData("$.services[2].firstNumber", "800", "$.services[2].lastNumber", "below the first")]
    [InlineData("$.services[2].lastNumber", "850", "$.services[2].offlineFirst", "overlap")]
    [InlineData("$.services[2].offlineFirst", "980", "$.services[2].offlineLast", "Offline numbers: 20, fewer than one lease of 50")]
    [InlineData("$.services[2].prefix", "\"f\"", "$.services[2].prefix", "Write 'F'")]
    [InlineData("$.services[2].prefix", "\"1\"", "$.services[2].prefix", "0 to 3 letters")]
    [InlineData("$.services[2].prefix", "\"O\"", "$.services[2].prefix", "the letter 'O' as the figure 0")]
    [InlineData("$.services[2].prefix", "\"О\"", "$.services[2].prefix", "as the figure 0")]
    [InlineData("$.services[2].prefix", "\"I\"", "$.services[2].prefix", "the letter 'I' as the figure 1")]
    [InlineData("$.services[2].prefix", "\"l\"", "$.services[2].prefix", "the letter 'l' as the figure 1")]
    [InlineData("$.services[2].prefix", "\"А\"", "$.services[2].prefix", "looks like 'A' at $.services[0].prefix")]
    [InlineData("$.services[2].prefix", "\"\uFF21\"", "$.services[2].prefix", "another width or form (U+FF21)")]
    [InlineData("$.services[2].prefix", "\"\u13AA\"", "$.services[2].prefix", "of another alphabet than 'A' at $.services[0].prefix (U+13AA)")]
    [InlineData("$.services[2].prefix", "\"\u0555\"", "$.services[2].prefix", "as the figure 0")]
    [InlineData("$.services[2].prefix", "\"\u04E0\"", "$.services[2].prefix", "as the figure 3")]
    [InlineData("$.services[2].prefix", "\"С\"", "$.services[2].prefix", "looks like 'C' at $.services[1].prefix")]
    [InlineData("$.services[2].prefix", "\"K\"", "$.services[2].prefix", "cannot show 'K'")]
    [InlineData("$.services[2].prefix", "\"S\"", "$.services[2].prefix", "cannot show 'S'")]
    [InlineData("$.services[2].prefix", "\"AC\"", "$.services[2].prefix", "5 characters long")]
    [InlineData("$.services[2].digits", "4", "$.services[2].prefix", "5 characters long")]
    [InlineData("$.services[2].lastNumber", "null", "$.services[2].lastNumber", "it must be a whole number")]
    // bookings, segments, the hall
    [InlineData("$.services[0].appointments", """{"lateMinutes":30,"lapseMinutes":20}""", "$.services[0].appointments.lapseMinutes", "lapses before its late window ends")]
    [InlineData("$.services[0].appointments", """{"lateMinutes":130}""", "$.services[0].appointments", "at least 'lateMinutes'")]
    [InlineData("$.services[0].appointments", """{"late":"walkin"}""", "$.services[0].appointments.late", "Did you mean 'walkIn'?")]
    [InlineData("$.services[0].limits", """{"dailyQuota":0}""", "$.services[0].limits.dailyQuota", "out of range: use 1 to 1000000")]
    [InlineData("$.checkIn", """{"by":["phone","phone"]}""", "$.checkIn.by[1]", "already at $.checkIn.by[0]")]
    [InlineData("$.checkIn", """{"countryCode":"+47"}""", "$.checkIn.countryCode", "a country code of at most 3 digits")]
    [InlineData("$.segmentRules", """[{"attributes":["veteran"]}]""", "$.segmentRules[0]", "changes nothing")]
    [InlineData("$.segmentRules", """[{"attributes":["veteran"],"segment":"x"}]""", "$.segmentRules[0].segment", "no 'x' in segments")]
    [InlineData("$.segmentRules", """[{"services":["x"],"service":"cash"}]""", "$.segmentRules[0].services[0]", "no 'x' in services")]
    [InlineData("$.segmentRules", """[{"appointment":"never","service":"cash"}]""", "$.segmentRules[0].appointment", "'never' is not one of none, early, onTime, late")]
    [InlineData("$.hall", """{"exceptions":[{"date":"2026-02-30"}]}""", "$.hall.exceptions[0].date", "There is no day '2026-02-30'")]
    [InlineData("$.hall", """{"exceptions":[{"date":"2026-12-24","hours":[{"from":"12:00","to":"09:00"}]}]}""", "$.hall.exceptions[0].hours[0].to", "not later than it opens")]
    [InlineData("$.hall", """{"mode":"lively"}""", "$.hall.mode", "Did you mean 'live'?")]
    [InlineData("$.pauses", """[{"reason":"lunch","minutes":30},{"reason":"lunch","minutes":10}]""", "$.pauses[1].reason", "already the reason of $.pauses[0].reason")]
    [InlineData("$.buffers", """[{"id":"b","workProfile":"x","zone":"hall","size":3}]""", "$.buffers[0].workProfile", "no 'x' in workProfiles")]
    [InlineData("$.buffers", """[{"id":"b","workProfile":"everything","zone":"x","size":3}]""", "$.buffers[0].zone", "no 'x' in zones")]
    // devices
    [InlineData("$.nodes[1].units[0].keypad", """{"counter":"c1","input":"/dev/x"}""", "$.nodes[1].units[0]", "2 roles (display, keypad)")]
    [InlineData("$.nodes[1].units[0].display", null, "$.nodes[1].units[0]", "no role")]
    [InlineData("$.nodes[1].units[0].display.address", "111", "$.nodes[1].units[0].display.address", "112 … 119")]
    [InlineData("$.nodes[1].units[1].keypad.input", "\"/dev/gpiochip0:17\"", "$.nodes[1].units[1].keypad.lamp", "already has this device")]
    [InlineData("$.nodes[1].units[1].keypad.input", "\"event0\"", "$.nodes[1].units[1].keypad.input", "not a path from the root")]
    [InlineData("$.nodes[1].units[1].keypad.keys", """{"KEY_KPENTR":"next"}""", "$.nodes[1].units[1].keypad.keys.KEY_KPENTR", "Did you mean 'KEY_KPENTER'?")]
    [InlineData("$.nodes[1].units[0].display.path", "\"socket\"", "$.nodes[1].units[0].display.path", "not a path from the root")]
    [InlineData("$.nodes[0].units[0].dispenser.printer.path", "\"udp://x\"", "$.nodes[0].units[0].dispenser.printer.path", "tcp://host:9100")]
    [InlineData("$.nodes[0].units[0].dispenser.buttons[1].key", "\"KEY_1\"", "$.nodes[0].units[0].dispenser.buttons[1].key", "already the key at")]
    [InlineData("$.nodes[0].units[0].dispenser.buttons[1].key", "\"KEY_ONE\"", "$.nodes[0].units[0].dispenser.buttons[1].key", "no evdev key 'KEY_ONE'")]
    [InlineData("$.nodes[5].units[0].audio.channel", "1", "$.nodes[5].units[0].audio.channel", "no channel 1 among 1")]
    // operators
    [InlineData("$.operators[0].pinHash", "null", "$.operators[0]", "no PIN and an id that cannot be typed")]
    [InlineData("$.operators[0].pinHash", "\"1111\"", "$.operators[0].pinHash", "not a PIN hash")]
    [InlineData("$.operators[0].pinHash", "\"pbkdf2-sha256$9$AAAA$AAAA\"", "$.operators[0].pinHash", "damaged")]
    public void A_fault_is_told_where_it_is_with_a_sentence(string place, string? json, string path, string sentence)
    {
        var faults = new BrokenBranch().With(place, json).Faults();

        Assert.Contains(faults, fault => fault.Path == path && fault.Sentence.Contains(sentence, StringComparison.Ordinal));
    }

    [Theory]
    // One mistake is one sentence, however many other places it touches.
    [InlineData("$.operators[0].pinHash", "\"1111\"", "$.operators[0].pinHash")]
    [InlineData("$.services[2].prefix", "\"😀\"", "$.services[2].prefix")]
    [InlineData("$.languages[1]", "\"English!\"", "$.languages[1]")]
    public void One_mistake_is_told_once(string place, string json, string path)
    {
        var faults = new BrokenBranch().With(place, json).Faults();

        Assert.Single(faults, f => f.Path == path);
        // A language is also named by zones, buttons and displays; not once more by each of its texts.
        Assert.InRange(faults.Count, 1, 7);
        Assert.DoesNotContain(faults, f => f.Sentence.Contains('\uFFFD', StringComparison.Ordinal) || f.Sentence.Any(char.IsSurrogate) && !f.Sentence.Contains("😀", StringComparison.Ordinal));
    }

    [Fact]
    public void Hours_of_one_day_that_follow_each_other_are_no_fault() => Assert.Empty(new BrokenBranch()
        .With("$.services[0].hours", """[{"days":["mon"],"from":"08:00","to":"12:00"},{"days":["mon"],"from":"12:00","to":"15:00"}]""").Faults());

    [Fact]
    public void A_list_in_which_there_is_nothing_is_not_offered() => Assert.All(
        new BrokenBranch().With("$.operators[0].attributes", """["arabic"]""").With("$.operatorAttributes", null).Faults(),
        f => Assert.DoesNotContain("one of: .", f.Sentence, StringComparison.Ordinal));

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_file()
    {
        var faults = new BrokenBranch()
            .With("$.services[2].priority", "0")
            .With("$.services[0].name", "7")
            .With("$.counters[0].zone", "\"attic\"")
            .With("$.colour", "\"blue\"")
            .With("$.timeZone", "\"Mars\"")
            .Faults();

        Assert.Equal(
            ["$.timeZone", "$.services[0].name", "$.services[2].priority", "$.counters[0].zone", "$.colour"],
            faults.Select(f => f.Path));
    }

    [Fact]
    public void A_fault_names_its_line()
    {
        var text = Encoding.UTF8.GetString(ExampleBranchTests.Json()).Replace("\"priority\": 60", "\"priority\": 600", StringComparison.Ordinal);
        var line = text[..text.IndexOf("\"priority\": 600", StringComparison.Ordinal)].Count(c => c == '\n') + 1;

        var fault = Assert.Single(BrokenBranch.FaultsOf(text));

        Assert.Equal(("$.services[1].priority", line), (fault.Path, fault.Line));
    }

    [Fact]
    public void A_file_of_more_than_a_megabyte_is_not_read() =>
        Assert.Contains("at most 1048576", Assert.Single(BrokenBranch.FaultsOf(new string(' ', BranchConfigurationLoader.MaximumLength + 1))).Sentence, StringComparison.Ordinal);

    [Fact]
    public void A_file_cut_anywhere_or_with_any_byte_changed_gives_faults_or_a_branch_and_never_a_crash()
    {
        var whole = ExampleBranchTests.Json();
        var random = new Random(7);
        for (var round = 0; round < 400; round++)
        {
            var bytes = whole[..(round % 2 == 0 ? random.Next(whole.Length) : whole.Length)];
            for (var change = 0; change < round % 4 && bytes.Length > 0; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            Assert.Equal(
                BranchConfigurationLoader.TryLoad(bytes, _ => true, out _, out var faults),
                faults.Count == 0);
        }
    }

    [Fact]
    public void Services_may_share_a_prefix_when_they_share_the_numbers()
    {
        Assert.Empty(new BrokenBranch().With("$.services[2].prefix", "\"A\"").Faults());

        var fault = Assert.Single(new BrokenBranch().With("$.services[2].prefix", "\"A\"").With("$.services[2].lastNumber", "500").Faults());
        Assert.Contains("share the numbers", fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_operators_with_the_same_PIN_are_refused()
    {
        var hash = new BrokenBranch().With("$.operators[1].pinHash", $"\"{ExampleBranchTests.Example().Configuration.Operators[0].PinHash}\"");

        Assert.Contains("same PIN", Assert.Single(hash.Faults()).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_no_counter_calls_is_refused() => Assert.Contains(
        new BrokenBranch().With("$.workProfiles[0].services", """["general"]""").With("$.workProfiles[2].services", """["family","housing"]""").Faults(),
        f => f.Path == "$.services[4].id" && f.Sentence.Contains("wait for ever", StringComparison.Ordinal));

    [Fact]
    public void Two_units_may_share_an_i2c_bus_by_address_but_not_a_printer()
    {
        var second = """{"unit":"second","display":{"counter":"c1","chip":"ht16k33-7","path":"/dev/i2c-1","address":113}}""";
        Assert.Empty(new BrokenBranch().With("$.nodes[1].units", $"[{second}, {second.Replace("second", "third", StringComparison.Ordinal).Replace("113", "114", StringComparison.Ordinal)}]").Faults());
        Assert.Contains(
            new BrokenBranch().With("$.nodes[1].units", $"[{second}, {second.Replace("second", "third", StringComparison.Ordinal)}]").Faults(),
            f => f.Sentence.Contains("Two units cannot own /dev/i2c-1 address 113", StringComparison.Ordinal));
    }

    [Fact]
    public void A_byte_order_mark_is_forgiven() =>
        Assert.True(BranchConfigurationLoader.TryLoad((byte[])[0xEF, 0xBB, 0xBF, .. ExampleBranchTests.Json()], _ => true, out _, out _));
}
