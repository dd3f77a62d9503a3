using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Cloud.Joining;

/// <summary>What somebody means who writes JOIN, as far as it can be understood.</summary>
/// <param name="Branch">'': none of those that take tickets by SMS.</param>
/// <param name="Service">'': none, or several fit.</param>
/// <param name="Away">The branch is not connected: nothing can be asked of it.</param>
/// <param name="Choice">What they can write, when it was not understood.</param>
internal sealed record JoinWish(string Branch, string Service, bool Away, IReadOnlyList<string> Choice);

/// <summary>How branches stand for people outside: what is offered there, in which languages, how long it takes.</summary>
internal sealed class JoinBranches(JoinSettings settings, LiveDetails details, TimeProvider time)
{
    private const int MostChoices = 8;

    /// <summary>Null: no such branch, it gives no tickets to people outside, or it has never spoken.</summary>
    public async Task<(JoinBranch Rules, LiveMessage Live, bool There)?> FindAsync(string branch, CancellationToken cancellation) =>
        settings.Of(branch) is { } rules && await details.OfAsync(branch, cancellation) is var (row, live) ? (rules, live, row.IsThere(time.GetUtcNow().ToUnixTimeMilliseconds())) : null;

    /// <summary>Where the visit is; null: not told, or the branch is not there.</summary>
    public async Task<(LiveMessage Live, LiveVisit? Visit)?> PlaceAsync(JoinTicket ticket, CancellationToken cancellation) =>
        await details.OfAsync(ticket.BranchName, cancellation) is var (row, live) && row.IsThere(time.GetUtcNow().ToUnixTimeMilliseconds())
            ? (live, live.Visits.FirstOrDefault(v => v.Visit == ticket.Visit)) : null;

    /// <param name="argument">After JOIN: a service, and the branch's keyword where there are several.</param>
    public async Task<JoinWish> UnderstandAsync(string argument, string language, CancellationToken cancellation)
    {
        List<KeyValuePair<string, JoinBranch>> offering = [.. settings.Branches.Where(b => b.Value.Sms)];
        string[] words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        KeyValuePair<string, JoinBranch>? named = words.Length == 0 ? null : offering.Where(b => Is(b.Value.Keyword, words[^1])).Cast<KeyValuePair<string, JoinBranch>?>().FirstOrDefault();
        if (named is not null)
        {
            words = words[..^1];
        }
        else if (offering.Count != 1)
        {
            return new("", "", false, [.. offering.Select(b => b.Value.Keyword).Where(k => k.Length > 0).Order(StringComparer.Ordinal).Take(MostChoices)]);
        }

        (string branch, JoinBranch rules) = named ?? offering[0];
        if (await FindAsync(branch, cancellation) is not { There: true } found)
        {
            return new(branch, "", true, []);
        }

        LiveService[] services = [.. found.Live.Services.Where(s => rules.Offers(s.Service))];
        string wanted = string.Join(' ', words);
        string service = words.Length == 0 ? services.Length == 1 ? services[0].Service : "" : Match(services, wanted);
        return new(branch, service, false, service.Length > 0 ? [] : [.. services.Take(MostChoices).Select(s => LanguageChoice.Pick(s.Names, language, []))]);
    }

    /// <summary>Its id or a name, in any language; else the one that begins so.</summary>
    private static string Match(LiveService[] services, string wanted)
    {
        LiveService? exact = services.FirstOrDefault(s => Is(s.Service, wanted) || s.Names.Values.Any(n => Is(n, wanted)));
        LiveService[] beginning = [.. services.Where(s => Begins(s.Service, wanted) || s.Names.Values.Any(n => Begins(n, wanted)))];
        return exact?.Service ?? (beginning.Length == 1 ? beginning[0].Service : "");
    }

    private static bool Is(string name, string word) => word.Length > 0 && name.Equals(word.Trim('.', '!', '"', ','), StringComparison.OrdinalIgnoreCase);

    private static bool Begins(string name, string word) => name.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>P50 and P90 in whole minutes as people read them; null: nobody can say yet.</summary>
    public static (int From, int To)? Minutes(ExpectedWait? wait) => wait is null ? null : (wait.P50, Math.Max(wait.P90, wait.P50 + 1));
}
