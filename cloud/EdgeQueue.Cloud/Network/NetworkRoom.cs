using System.Collections.Concurrent;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Cloud.Network;

/// <summary>Head office's look at all branches.</summary>
internal sealed class NetworkRoom : IRoom
{
    private const int LongestSearch = 60;

    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults) =>
        services.AddSingleton<NetworkPage>().AddSingleton<BranchPage>().AddSingleton<RedirectPages>().AddSingleton<Broadcasts>();

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder staff = routes.MapStaff();
        staff.MapGet("/", () => Results.Redirect("/network"));
        staff.MapGet("/network", (string? q, SignedIn who, NetworkPage page) => page.Of(who.Sees, q?.Trim() is { Length: > 0 and <= LongestSearch } search ? search : null));
        staff.MapGet("/network/live", (SignedIn who, Broadcasts broadcasts, SessionStreams streams, CancellationToken gone) => Watch(broadcasts.Network(who.Sees), streams.While(who, gone)));
        staff.MapGet("/network/{name}", async (string name, SignedIn who, BranchPage page, CancellationToken gone) =>
            (Topics.IsName(name) ? await page.OfAsync(name, who, gone) : null) ?? Page.Message(404, "No such branch", "It has not reported to this cloud, its name is another one, or it is not one of yours.", Audience.HeadOffice));
        staff.MapGet("/network/{name}/live", async (string name, SignedIn who, Broadcasts broadcasts, SessionStreams streams, BranchPage page, CancellationToken gone) =>
            Topics.IsName(name) && await page.PieceAsync(name, who.Sees, who.MayChange, gone) is not null ? Watch(broadcasts.OfBranch(name, who.MayChange), streams.While(who, gone)) : Results.NotFound());
        // Who may not change anything does not look at the form either.
        RouteGroupBuilder changers = routes.MapOffice(Roles.All & ~Roles.Auditor, Roles.All & ~Roles.Auditor);
        changers.MapGet("/network/{name}/visits/{visit:long}", (string name, long visit, SignedIn who, RedirectPages page, CancellationToken gone) => page.AskAsync(name, visit, who, gone)).Bounded(RequestBounds.Reads);
        changers.MapPost("/network/{name}/visits/{visit:long}", (string name, long visit, SignedIn who, RedirectPages page, HttpContext context) => page.DoAsync(name, visit, who, context)).Bounded(RequestBounds.Writes);
    }

    private static IResult Watch(Broadcast broadcast, CancellationToken gone) => broadcast.IsFull
        ? Results.Problem("Too many people watch this already.", statusCode: 503)
        : new PieceStream(broadcast, gone);
}

/// <summary>One for each piece that somebody watches: of the list, one for all who see the same branches.</summary>
internal sealed class Broadcasts(NetworkPage network, BranchPage branch, TimeProvider time, ILogger<Broadcasts> log)
{
    /// <summary>More are begun anew: whoever watches an old one goes on watching it.</summary>
    private const int MostNetworks = 1_000;

    private readonly ConcurrentDictionary<(string Name, bool MayChange), Broadcast> _branches = new();
    private readonly ConcurrentDictionary<string, Broadcast> _networks = new(StringComparer.Ordinal);

    public Broadcast Network(VisibleBranches sees)
    {
        if (_networks.Count >= MostNetworks)
        {
            _networks.Clear();
        }

        return _networks.GetOrAdd(sees.Key, _ => new Broadcast(_ => Task.FromResult(network.Piece(sees).ToString()), time, log));
    }

    /// <param name="name">Of a branch that is there: else anybody could make as many as they like.</param>
    /// <param name="mayChange">Those who watch may: the auditor sees no links that lead nowhere.</param>
    public Broadcast OfBranch(string name, bool mayChange) => _branches.GetOrAdd(
        (name, mayChange), key => new Broadcast(async cancellation => (await branch.PieceAsync(key.Name, VisibleBranches.All, key.MayChange, cancellation))?.Body.ToString() ?? "", time, log));
}
