using EdgeQueue.Core.Contracts;
using EdgeQueue.Node.Drawing;
using EdgeQueue.Node.Roles.Dispenser.Store;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>From a ticket to what stands on it, in the customer's language.</summary>
public sealed class TicketComposer(string branch, Menu menu)
{
    public TicketContent Compose(StoredTicket ticket)
    {
        if (ticket.Offline is { } offline)
        {
            var own = LanguageOf(ticket.Press!.Language);
            return new TicketContent(own, BranchName(own), ServiceName(ticket.Press.Service, own), offline.Label, Shown(offline.Local))
            {
                Qr = Link(offline.Label, ticket.Job),
            };
        }

        var result = ticket.Result!;
        var language = LanguageOf(result.Language);
        return new TicketContent(language, BranchName(language), ServiceName(result.Service, language), result.Label, Shown(result.TakenAtLocal))
        {
            // The hour alone: one who checks in has come on the day.
            Appointment = result.AppointmentLocal?[^5..],

            // A copy is printed later: how many were ahead then says nothing now.
            PeopleAhead = ticket.Copy ? null : result.Ahead,
            ExpectedMinutes = !ticket.Copy && result.ExpectedMinutes is { } wait ? (wait.P50, wait.P90) : null,
            Qr = result.Link.Length == 0 ? null : result.Link,
            IsCopy = ticket.Copy,
        };
    }

    public string LabelOf(StoredTicket ticket) => ticket.Offline?.Label ?? ticket.Result?.Label ?? ticket.Job;

    /// <summary>As people write it; empty while the clock is not trusted: a wrong time is worse than none.</summary>
    private static string Shown(string? local) => local?.Replace('T', ' ') ?? "";

    private string LanguageOf(string? wanted) => wanted ?? menu.Current?.Languages.FirstOrDefault() ?? "en";

    private string BranchName(string language) => Text(menu.Current?.BranchName, language) ?? branch;

    private string ServiceName(string service, string language) =>
        Text(menu.Current?.Menu.FirstOrDefault(m => m.Service == service)?.Names, language) ?? service;

    /// <summary>The visit has no number yet, so a link that needs one is left out rather than lead nowhere.</summary>
    private string? Link(string label, string press) => menu.Current?.Link is { Length: > 0 } link && !link.Contains("{visit}", StringComparison.Ordinal)
        ? link.Replace("{branch}", branch, StringComparison.Ordinal).Replace("{label}", label, StringComparison.Ordinal)
            .Replace("{secret}", TicketSecret.Of(press), StringComparison.Ordinal)
        : null;

    private string? Text(IReadOnlyDictionary<string, string>? texts, string language) =>
        texts is null ? null
        : texts.TryGetValue(language, out var own) ? own
        : menu.Current is { Languages: [var first, ..] } && texts.TryGetValue(first, out var other) ? other
        : texts.Values.FirstOrDefault();
}
