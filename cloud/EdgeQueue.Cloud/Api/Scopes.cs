namespace EdgeQueue.Cloud.Api;

/// <summary>What a key may do. Written in the database: a word stays.</summary>
internal static class Scopes
{
    public const string Branches = "branches:read";
    public const string TicketsRead = "tickets:read";
    public const string TicketsWrite = "tickets:write";
    public const string BookingsRead = "bookings:read";
    public const string BookingsWrite = "bookings:write";
    public const string Reports = "reports:read";
    public const string Hooks = "hooks:write";
    public const string Documents = "documents:write";
    public const string ConfigurationRead = "configuration:read";
    public const string ConfigurationWrite = "configuration:write";
    public const string RolloutsRead = "rollouts:read";
    public const string RolloutsWrite = "rollouts:write";

    public static IReadOnlyList<(string Scope, string Words)> All { get; } =
    [
        (Branches, "Branches and how they are just now"), (TicketsRead, "The state of a ticket"), (TicketsWrite, "Take a ticket, and leave"),
        (BookingsRead, "Free times, and a booking by its link"), (BookingsWrite, "Book, move and cancel"), (Reports, "Figures of each quarter of an hour"),
        (Hooks, "Web hooks of its own"), (Documents, "Say that documents are ready"),
        (ConfigurationRead, "Which configuration branches have"), (ConfigurationWrite, "Give branches another configuration"),
        (RolloutsRead, "How far roll-outs of system images are"), (RolloutsWrite, "Begin, pause and end roll-outs"),
    ];
}

/// <summary>The scope that a route needs.</summary>
internal sealed record NeedsScope(string Scope);
