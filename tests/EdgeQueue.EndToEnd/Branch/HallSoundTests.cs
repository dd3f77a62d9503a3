using System.Globalization;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.EndToEnd.Faults;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Sound;
using EdgeQueue.Node.Roles.Audio;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.EndToEnd.Branch;

/// <summary>What is heard in each zone of the example when somebody is called: the WAV of the loudspeaker.</summary>
[Collection(nameof(WholeBranch))]
public sealed class HallSoundTests(BranchWithAlarm branch) : IClassFixture<BranchWithAlarm>
{
    private const string Hall = "audio-hall/voice";
    private const string Offices = "audio-offices/voice";
    private const string Building = "audio-building/voice";

    private readonly PhraseRenderer renderer = new(new VoicesOnDemand(), ClipLibrary.Empty, Chime.Generate());

    [Fact]
    public async Task A_call_is_spoken_in_its_zone_in_every_language_and_a_repeated_one_also_in_the_wider_zone()
    {
        var desk = new Desk(branch, 1);
        await desk.OpenAsync("1111");
        var (label, _) = await branch.TakeTicketAsync("KEY_2");
        var mark = branch.Mark();
        await desk.MustAsync(Desk.Next);

        var heard = await HeardAsync(mark, Hall);
        AssertLike(Call(label, "1", "hall"), heard, "the call in the hall");
        Assert.Empty(branch.Since(mark, "sound", Offices));
        Assert.Empty(branch.Since(mark, "sound", Building));

        mark = branch.Mark();
        await desk.MustAsync(Desk.Recall); // the call itself took longer than the ten seconds between two
        AssertLike(Call(label, "1", "building"), await HeardAsync(mark, Building), "the repeat in the building");
        AssertLike(Call(label, "1", "hall"), await HeardAsync(mark, Hall), "the repeat in the hall");
        Assert.Empty(branch.Since(mark, "sound", Offices));
        await desk.MustAsync(Desk.Arrive);
        await desk.MustAsync(Desk.Dot);
        await desk.CloseAsync();
    }

    [Fact]
    public async Task Two_calls_in_one_zone_are_spoken_one_after_the_other()
    {
        var (first, second) = (new Desk(branch, 3), new Desk(branch, 4));
        await first.OpenAsync("3333");
        await second.OpenAsync("2222");
        await branch.TakeTicketAsync("KEY_4");
        await branch.TakeTicketAsync("KEY_4");
        var mark = branch.Mark();
        var labels = await Task.WhenAll(first.MustAsync(Desk.Next), second.MustAsync(Desk.Next));
        var inOrder = labels.OrderBy(c => c.CalledAt).ThenBy(c => c.Seq).ToList();

        var spoken = new List<short[]>();
        await Eventually.Is(() => branch.Since(mark, "sound", Offices).Sum(s => (double)s.Data["seconds"]!) >
            inOrder.Sum(c => (double)Call(c.Label!, c.Number, "offices").Length / Pcm.SampleRate) - 1, "both calls", 120);
        foreach (var piece in branch.Since(mark, "sound", Offices))
        {
            spoken.AddRange(SpokenCalls.In(await branch.FetchAsync((string)piece.Data["url"]!)));
        }

        Assert.Equal(2, spoken.Count);
        AssertLike(Call(inOrder[0].Label!, inOrder[0].Number, "offices"), spoken[0], "the first call");
        AssertLike(Call(inOrder[1].Label!, inOrder[1].Number, "offices"), spoken[1], "the second call");
        foreach (var desk in new[] { first, second })
        {
            await desk.MustAsync(Desk.Arrive);
            await desk.MustAsync(Desk.Dot);
            await desk.CloseAsync();
        }
    }

    [Fact]
    public async Task An_evacuation_cuts_every_call_is_spoken_everywhere_again_and_again_and_ends()
    {
        var desk = new Desk(branch, 2);
        await desk.OpenAsync("4444");
        await branch.TakeTicketAsync("KEY_1");
        await desk.MustAsync(Desk.Next);

        // From another counter: an alarm may be raised from every one.
        var mark = branch.Mark();
        Assert.Null((await branch.OrderAsync("counter-3/keypad", BranchWithAlarm.Evacuate)).Refusal);
        await desk.RefusedAsync("evacuating", Desk.Recall);
        var text = renderer.Render([.. branch.Stage.Branch.Configuration.Evacuation.Select(t => Phrase.FreeText(t.Key, t.Value))]);
        foreach (var zone in new[] { Hall, Offices, Building })
        {
            await EvacuationAsync(mark, zone, text);
        }

        // No ticket while people leave.
        var before = branch.Mark();
        await branch.PressAsync(WatchedBranch.Dispenser, "KEY_1");
        await Eventually.Is(() => branch.LogOf(WatchedBranch.Dispenser).Contains("evacuated", StringComparison.Ordinal), "the button is refused", 60);

        Assert.Null((await branch.OrderAsync("counter-3/keypad", BranchWithAlarm.Over)).Refusal);
        await Eventually.Is(() => branch.Ear.Branch is { } status && status.Waiting == 0, "nobody waits", 30);
        await Task.Delay(3_000, TestContext.Current.CancellationToken);
        var over = branch.Mark();
        await Task.Delay(4_000, TestContext.Current.CancellationToken);
        Assert.All(new[] { Hall, Offices, Building }, zone => Assert.Empty(branch.Since(over, "sound", zone)));
        Assert.Empty(branch.Since(before, "ticket", WatchedBranch.Dispenser));
        await desk.MustAsync(Desk.Arrive);
        await desk.MustAsync(Desk.Dot);
        await desk.CloseAsync();
    }

    /// <summary>The text alone, from its chime to its end: in the hall the first one follows the call that it cut.</summary>
    private async Task EvacuationAsync(int mark, string zone, short[] text)
    {
        for (var looked = 0; ;)
        {
            await Eventually.Is(() => branch.Since(mark, "sound", zone).Count > looked, $"the evacuation's text in {zone}", 120);
            var samples = Loudspeaker.Samples(await branch.FetchAsync((string)branch.Since(mark, "sound", zone)[looked++].Data["url"]!));
            if (Loudspeaker.Likeness(text, samples) >= 0.9)
            {
                return;
            }

            Assert.True(looked < 4, $"none of {looked} sounds in {zone} is the evacuation's text");
        }
    }

    private async Task<short[]> HeardAsync(int mark, string zone)
    {
        var sound = await branch.SeenAsync(mark, "sound", zone, _ => true, $"a sound in {zone}", 120);
        return Loudspeaker.Samples(await branch.FetchAsync((string)sound.Data["url"]!));
    }

    /// <summary>The announcement as it must sound at the zone's volume.</summary>
    private short[] Call(string label, string number, string zone)
    {
        var configuration = branch.Stage.Branch;
        var place = Enum.Parse<PlaceKind>(configuration.Configuration.Counters.Single(c => c.Number == number).Place, ignoreCase: true);
        var sound = renderer.Render([.. configuration.LanguagesOf(configuration.Zone(zone)!)
            .Select(language => AnnouncementPhrases.For(new CallToSpeak(label, number, place), language))]);
        var unit = configuration.Units.Single(u => u.Unit.Audio?.Zone == zone).Unit.Audio!;
        var night = unit.Night is not null && DateTimeOffset.FromUnixTimeMilliseconds(branch.Ear.Branch!.Local).Hour is >= 21 or < 7;
        new Volume(night ? unit.NightVolume : unit.Volume).Apply(sound, sound);
        return sound;
    }

    private static void AssertLike(short[] wanted, short[] heard, string what)
    {
        var likeness = Loudspeaker.Likeness(wanted, heard);
        var loudness = Math.Sqrt(heard.Sum(s => (double)s * s) / wanted.Sum(s => (double)s * s));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: correlation {likeness:0.0000}, loudness × {loudness:0.000}"));
        Assert.True(likeness >= 0.9, string.Create(CultureInfo.InvariantCulture, $"{what}: correlation {likeness:0.000} of {wanted.Length} samples with {heard.Length}"));
        Assert.InRange(loudness, 0.95, 1.05);
    }
}

/// <summary>The example, with a key for the alarm at counter 3, as a branch that wants one configures it.</summary>
public sealed class BranchWithAlarm : WatchedBranch
{
    public const string Evacuate = "KEY_F12";
    public const string Over = "KEY_F11";

    protected override void Change(JsonNode example)
    {
        var keypad = example["nodes"]!.AsArray().Single(n => (string)n!["name"]! == "counter-3")!["units"]!.AsArray()
            .Single(u => u!["keypad"] is not null)!["keypad"]!;
        keypad["keys"] = new JsonObject { [Evacuate] = "evacuate", [Over] = "endEvacuation" };
    }
}
