using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Accounts.Audit;

/// <summary>Who does something, and from where.</summary>
/// <param name="Account">0: none.</param>
/// <param name="ApiKey">Of a program; 0: none.</param>
public sealed record Actor(long Account, long ApiKey, string Address)
{
    /// <summary>A command on the server itself.</summary>
    public static readonly Actor Server = new(0, 0, "server");

    public static Actor Of(HttpContext context) => new(
        SignedIn.Of(context)?.Account ?? 0, context.Features.Get<ApiCaller>()?.Key ?? 0,
        context.Connection.RemoteIpAddress is { } address ? ClientAddress.Plain(address).ToString() : "");
}

/// <summary>The API key that a request came with.</summary>
public sealed record ApiCaller(long Key);
