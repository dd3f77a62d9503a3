using System.Collections.Concurrent;
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
        services.AddSingleton<NetworkPage>().AddSingleton<BranchPage>().AddSingleton<Broadcasts>();

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder office = routes.MapHeadOffice();
        office.MapGet("/", () => Results.Redirect("/network"));
        office.MapGet("/network", (string? q, NetworkPage page) => page.Of(q?.Trim() is { Length: > 0 and <= LongestSearch } search ? search : null));
        office.MapGet("/network/live", (Broadcasts broadcasts, CancellationToken gone) => Watch(broadcasts.Network, gone));
        office.MapGet("/network/{name}", async (string name, BranchPage page, CancellationToken gone) =>
            (Topics.IsName(name) ? await page.OfAsync(name, gone) : null) ?? Page.Message(404, "No such branch", "It has not reported to this cloud, or its name is another one.", Audience.HeadOffice));
        office.MapGet("/network/{name}/live", async (string name, Broadcasts broadcasts, BranchPage page, CancellationToken gone) =>
            Topics.IsName(name) && await page.PieceAsync(name, gone) is not null ? Watch(broadcasts.OfBranch(name), gone) : Results.NotFound());
    }

    private static IResult Watch(Broadcast broadcast, CancellationToken gone) => broadcast.IsFull
        ? Results.Problem("Too many people watch this already.", statusCode: 503)
        : TypedResults.ServerSentEvents(broadcast.WatchAsync(gone));
}

/// <summary>One for each piece that somebody watches.</summary>
internal sealed class Broadcasts(NetworkPage network, BranchPage branch, TimeProvider time, ILogger<Broadcasts> log)
{
    private readonly ConcurrentDictionary<string, Broadcast> _branches = new(StringComparer.Ordinal);

    public Broadcast Network { get; } = new(_ => Task.FromResult(network.Piece().ToString()), time, log);

    /// <param name="name">Of a branch that is there: else anybody could make as many as they like.</param>
    public Broadcast OfBranch(string name) => _branches.GetOrAdd(
        name, key => new Broadcast(async cancellation => (await branch.PieceAsync(key, cancellation))?.Body.ToString() ?? "", time, log));
}
