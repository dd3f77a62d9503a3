using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.EndToEnd.Faults;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Drawing;

namespace EdgeQueue.EndToEnd.Branch;

/// <summary>From the button through broker, hub, journal and printer to the paper in the customer's hand.</summary>
[Collection(nameof(WholeBranch))]
public sealed class ThinPathTests(WatchedBranch branch) : IClassFixture<WatchedBranch>
{
    /// <summary>The example's button, the ticket's language and service: the default language is the branch's first.</summary>
    public static TheoryData<string, string, string> Buttons => new()
    {
        { "KEY_1", "nb", "general" }, { "KEY_7", "en", "general" }, { "KEY_8", "uk", "general" }, { "KEY_9", "ar", "general" },
        { "KEY_5", "nb", "passport" },
    };

    [Theory]
    [MemberData(nameof(Buttons))]
    public async Task The_paper_is_the_ticket_as_it_was_drawn_and_its_code_names_branch_and_label(string key, string language, string service)
    {
        var (answer, printed) = await TakeAsync(key);
        var label = answer.Label;
        Assert.Equal((language, service), (answer.Language, answer.Service));
        var configuration = branch.Stage.Branch.Configuration;
        var wanted = new TicketPicture(TicketTemplate.Default, 576).Draw(new TicketContent(
            language, configuration.Name[language], configuration.Services.Single(s => s.Id == service).Name[language], label,
            answer.TakenAtLocal!.Replace('T', ' '))
        {
            PeopleAhead = answer.Ahead,
            ExpectedMinutes = answer.ExpectedMinutes is { } wait ? (wait.P50, wait.P90) : null,
            Qr = $"edgequeue:demo/{label}",
        });

        Assert.Empty(wanted.Faults);
        AssertSame(wanted.Picture, printed);
    }

    [Fact]
    public async Task People_ahead_are_those_who_wait_for_the_same_service()
    {
        var first = await IssuedAsync("KEY_4");
        var second = await IssuedAsync("KEY_4");
        await IssuedAsync("KEY_3");
        var third = await IssuedAsync("KEY_4");

        Assert.Equal(first.Ahead + 1, second.Ahead);
        Assert.Equal(first.Ahead + 2, third.Ahead);
        Assert.Equal(3, new[] { first.Label, second.Label, third.Label }.Distinct().Count());
        Assert.All(new[] { first, second, third }, t => Assert.StartsWith("H", t.Label, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_button_with_a_segment_gives_its_priority()
    {
        var ticket = await IssuedAsync("KEY_6");
        Assert.Equal("priority", ticket.Segment);
        Assert.StartsWith("A", ticket.Label, StringComparison.Ordinal);
    }

    private async Task<TicketResult> IssuedAsync(string key) => (await TakeAsync(key)).Ticket;

    /// <summary>A ticket that the hub numbered: when it answers late, the dispenser gives one of its own, without people ahead.</summary>
    private async Task<(TicketResult Ticket, MonochromeBitmap Picture)> TakeAsync(string key)
    {
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var (label, picture) = await branch.TakeTicketAsync(key);
            if (int.Parse(label.AsSpan(1), CultureInfo.InvariantCulture) < 800)
            {
                return (branch.Replies(WatchedBranch.Dispenser).Last(r => r.Ticket?.Label == label).Ticket!, picture);
            }
        }

        throw new InvalidOperationException("The hub never answered a press within a second.");
    }

    private static void AssertSame(MonochromeBitmap wanted, MonochromeBitmap printed)
    {
        Assert.Equal(wanted.Width, printed.Width);
        // Behind the picture the paper is fed to the knife.
        Assert.InRange(printed.Height, wanted.Height, wanted.Height + 200);
        var different = printed.Rows.Select((bits, at) => int.PopCount(bits ^ (at < wanted.Rows.Length ? wanted.Rows[at] : 0))).Sum();
        Assert.True(different == 0, string.Create(CultureInfo.InvariantCulture, $"{different} dots of the paper differ from the drawing"));
    }
}
