using EdgeQueue.Cloud.Outside;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Cloud.Joining;

/// <summary>Section <c>join</c> of the settings.</summary>
internal sealed record JoinSettings
{
    /// <summary>By the branch's name: what is allowed there. Who is not here gives no tickets to people outside.</summary>
    public Dictionary<string, JoinBranch> Branches { get; set; } = [];

    /// <summary>Tickets that one client (an address, of IPv6 a /64) may take on the web in an hour, 1 … 1000; each replica. Many people may share an address.</summary>
    public int PerClientAnHour { get; set; } = 10;

    /// <summary>Open tickets of people outside in one branch, 1 … 10000: whoever has many phones does not fill its queue.</summary>
    public int MostOpen { get; set; } = 200;

    /// <summary>"Your turn is near" goes out when the wait is expected to be so many minutes or less, 0 … 120.</summary>
    public int NearMinutes { get; set; } = 10;

    /// <summary>A ticket that was asked for by SMS is wanted for so many seconds, 5 … 600; then the branch takes it no more.</summary>
    public int SmsSeconds { get; set; } = 60;

    /// <summary>Who has booked gets "your turn is near" and "please come" by SMS too, after checking in.</summary>
    public bool Booked { get; set; }

    public bool On => Branches.Count > 0;

    public JoinBranch? Of(string branch) => Branches.GetValueOrDefault(branch);

    public void Check(SettingFaults faults, Func<string, bool> followed)
    {
        foreach ((string name, JoinBranch branch) in Branches)
        {
            string at = $"join.branches.{name}";
            if (!Topics.IsName(name))
            {
                faults.Add(at, "is no name of a branch.");
            }

            if (!followed(name))
            {
                faults.Add(at, "its tickets cannot be followed on a phone: name it in mobile.branches.");
            }

            if (branch.Keyword.Contains(' ', StringComparison.Ordinal) || branch.Keyword.Length > 20)
            {
                faults.Add(at + ".keyword", "is one word of at most 20 characters.");
            }

            if (branch.Radius is < 0 or > 100_000 || (branch.Radius > 0 && branch.Place is null))
            {
                faults.Add(at + ".radius", "is 0 to 100000 metres, with latitude (-90 to 90) and longitude (-180 to 180) of the branch.");
            }
        }

        if (Branches.Values.Where(b => b is { Sms: true, Keyword.Length: > 0 }).GroupBy(b => b.Keyword.ToUpperInvariant()).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            faults.Add("join.branches", $"several branches have the keyword '{twice.Key}'.");
        }

        if (PerClientAnHour is < 1 or > 1_000 || MostOpen is < 1 or > 10_000 || NearMinutes is < 0 or > 120 || SmsSeconds is < 5 or > 600)
        {
            faults.Add("join", "perClientAnHour is 1 to 1000, mostOpen 1 to 10000, nearMinutes 0 to 120, smsSeconds 5 to 600.");
        }
    }
}

/// <summary>What people outside may do at one branch.</summary>
internal sealed record JoinBranch
{
    /// <summary>What people write after the service, <c>JOIN passport CENTRE</c>; empty: only where no other branch takes tickets by SMS.</summary>
    public string Keyword { get; set; } = "";

    /// <summary>Services, with commas, as in the branch's configuration; empty: all.</summary>
    public string Services { get; set; } = "";

    public bool Sms { get; set; } = true;

    public bool Web { get; set; } = true;

    /// <summary>Degrees, <c>59.9133</c>.</summary>
    public string Latitude { get; set; } = "";

    public string Longitude { get; set; } = "";

    /// <summary>A ticket on the web only within so many metres of the branch; 0: from anywhere. It is the browser that says where it is.</summary>
    public int Radius { get; set; }

    /// <summary>Null: not said.</summary>
    public GeoPlace? Place => GeoPlace.Of(Latitude, Longitude);

    public bool Offers(string service) => Services.Length == 0 || Services.Split(',', StringSplitOptions.TrimEntries).Contains(service, StringComparer.Ordinal);
}
