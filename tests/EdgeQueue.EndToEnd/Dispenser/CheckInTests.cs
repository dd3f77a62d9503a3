using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Branch;
using EdgeQueue.EndToEnd.Drawing;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Hardware.TextDisplays;
using EdgeQueue.Node.Roles.Audio;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.EndToEnd.Dispenser;

/// <summary>A booking is checked in at the dispenser: keys, codes, two lines, paper and voice of the published programs.</summary>
[Collection(nameof(WholeBranch))]
public sealed class CheckInTests(BranchWithBookings branch) : IClassFixture<BranchWithBookings>
{
    private const string Enter = "KEY_KPENTER";
    private const string Clear = "KEY_KPMINUS";
    private const string Language = "KEY_KPSLASH";

    [Fact]
    public async Task A_booking_number_is_seen_as_it_is_typed_and_becomes_a_ticket_on_paper_and_on_the_two_lines_once()
    {
        var mark = branch.Mark();
        await branch.TypeAsync(BranchWithBookings.Number);
        await ShowsAsync(mark, DeskPrompt.YourNumber, second: "> " + BranchWithBookings.Number);
        await branch.TypeAsync("", Enter);
        var label = await PaperAsync(mark);
        await ShowsAsync(mark, DeskPrompt.Issued, label);
        Assert.Contains(branch.Journal.Events(), e => e.Event is BookingCheckedIn { Booking: BranchWithBookings.Number });

        mark = branch.Mark();
        await branch.TypeAsync(BranchWithBookings.Number, Enter);
        await ShowsAsync(mark, DeskPrompt.AlreadyHere);
        await branch.TypeAsync("9999", Enter);
        await ShowsAsync(mark, DeskPrompt.UnknownBooking);
        await branch.TypeAsync("12", Enter);
        await ShowsAsync(mark, DeskPrompt.WrongNumber);
        await branch.TypeAsync(BranchWithBookings.Later, Enter);
        await ShowsAsync(mark, DeskPrompt.TooEarly, second: branch.Opens);
        Assert.Empty(branch.Since(mark, "ticket", WatchedBranch.Dispenser));
    }

    [Fact]
    public async Task A_phone_number_is_hidden_when_it_lies_there_finds_the_booking_and_is_nowhere_afterwards()
    {
        var mark = branch.Mark();
        await branch.TypeAsync(BranchWithBookings.Phone);
        await ShowsAsync(mark, DeskPrompt.YourNumber, second: "> " + BranchWithBookings.Phone);
        await ShowsAsync(mark, DeskPrompt.YourNumber, second: "> ******67");
        await branch.TypeAsync("", Enter);
        await ShowsAsync(mark, DeskPrompt.Issued, await PaperAsync(mark));

        Assert.NotEmpty(await branch.FilesWithAsync("4712")); // the booking's own number, so that the search is one
        Assert.Empty(await branch.FilesWithAsync(BranchWithBookings.Phone));
    }

    [Fact]
    public async Task A_code_under_the_scanner_checks_in_at_once_and_the_voice_says_the_number()
    {
        // A key silences what an earlier test is still being told; the panel's WAV ends after a pause.
        await branch.TypeAsync("48");
        await Task.Delay(1_200, TestContext.Current.CancellationToken);
        var mark = branch.Mark();
        await branch.ScanAsync(BranchWithBookings.Code);
        var label = await PaperAsync(mark);
        await ShowsAsync(mark, DeskPrompt.Issued, label);

        var spoken = await branch.SeenAsync(mark, "sound", WatchedBranch.Dispenser, _ => true, "the dispenser speaks");
        var wanted = new PhraseRenderer(new VoicesOnDemand(), ClipLibrary.Empty, []).Render([DeskWords.Spoken(DeskPrompt.Issued, "nb", label)!], withChime: false);
        var heard = Loudspeaker.Samples(await branch.FetchAsync((string)spoken.Data["url"]!));
        Assert.InRange(Loudspeaker.Likeness(wanted, heard), 0.9, 1.0001);
    }

    [Fact]
    public async Task The_language_key_the_time_out_and_a_printer_without_paper_are_seen_on_the_two_lines()
    {
        await branch.TypeAsync("", Clear);
        var mark = branch.Mark();
        await branch.TypeAsync("", Language, Language);
        await ShowsAsync(mark, DeskPrompt.Welcome, language: "uk");
        await branch.TypeAsync("48");
        await ShowsAsync(mark, DeskPrompt.YourNumber, language: "uk", second: "> 48");
        await ShowsAsync(mark, DeskPrompt.TimedOut, language: "uk");

        mark = branch.Mark();
        await branch.SetPrinterAsync("PaperOut");
        await branch.TypeAsync("", Clear);
        await ShowsAsync(mark, DeskPrompt.NoPaper);
        mark = branch.Mark();
        await branch.PressAsync(WatchedBranch.Dispenser, "KEY_1");
        await Eventually.Is(() => branch.Since(mark, "lamp", WatchedBranch.Dispenser).Count >= 6, "the lamp blinks", 60);
        await branch.SetPrinterAsync();
        await ShowsAsync(mark, DeskPrompt.Welcome);
        Assert.Empty(branch.Since(mark, "ticket", WatchedBranch.Dispenser));
    }

    private async Task<string> PaperAsync(int mark)
    {
        var paper = await branch.SeenAsync(mark, "ticket", WatchedBranch.Dispenser, _ => true, "the ticket of the booking");
        var code = QrCode.Read(MonochromePng.Decode(await branch.FetchAsync((string)paper.Data["url"]!)));
        Assert.StartsWith("edgequeue:demo/", code, StringComparison.Ordinal);
        return code["edgequeue:demo/".Length..];
    }

    /// <summary>What a person reads from the dots; letters that look the same in two scripts read as Latin.</summary>
    private Task<Happening> ShowsAsync(int mark, DeskPrompt prompt, string label = "", string language = "nb", string? second = null)
    {
        var lines = DeskWords.Lines(prompt, language, label);
        var wanted = $"{AsRead(lines.First)}\n{AsRead(second ?? lines.Second)}";
        return branch.SeenAsync(
            mark, "display", WatchedBranch.Dispenser, e => (string?)e["view"]!["text"] == wanted, $"'{wanted}' on the dispenser's two lines");
    }

    private static string AsRead(string text) => string.Concat(text.Select(c =>
        CharacterRom.A02.Written(c) is var written && CharacterRom.A02.Code(written!.Value) is { } code ? CharacterRom.A02.Character(code) : written));
}

/// <summary>The example's dispenser alone, with bookings of this hour and a time-out that a test can wait for.</summary>
public sealed class BranchWithBookings : WatchedBranch
{
    public const string Number = "4711";
    public const string Phone = "91234567";
    public const string Code = "Zk3nRt81-bQx77LmPp02";

    /// <summary>Number of a booking in five hours.</summary>
    public const string Later = "4714";

    private readonly DateTimeOffset began = TimeProvider.System.GetUtcNow();

    /// <summary>From when on that one can be checked in, as it is shown: an hour before its slot.</summary>
    internal string Opens
    {
        get
        {
            var oslo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo");
            var opens = TimeZoneInfo.ConvertTime(began.AddHours(4), oslo);
            var sameDay = opens.Date == TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), oslo).Date;
            return opens.ToString(sameDay ? "'→ 'HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        }
    }

    private protected override Func<LoadedBranch, byte[], IReadOnlyList<Booking>>? Bookings => (_, key) =>
    {
        var slot = began.AddMinutes(10).ToUnixTimeMilliseconds();
        return
        [
            new(Number, "general", slot),
            new("4712", "cash", slot, PhoneHash: PhoneHash.Of(key, "+47 " + Phone, "47", "")),
            new("4713", "family", slot, TokenHash: BookingToken.HashOf(Code)),
            new(Later, "general", began.AddHours(5).ToUnixTimeMilliseconds()),
        ];
    };

    protected override void Change(JsonNode example)
    {
        var nodes = example["nodes"]!.AsArray();
        while (nodes.Count > 1)
        {
            nodes.RemoveAt(1);
        }

        var dispenser = nodes[0]!["units"]![0]!["dispenser"]!;
        dispenser["checkIn"]!["timeOutSeconds"] = 4;
        dispenser["speech"] = new JsonObject { ["volume"] = 100 };
    }
}
