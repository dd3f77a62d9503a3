using System.Globalization;
using System.Threading.RateLimiting;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Api;

/// <summary>Stands before every route of the API: a key, its scope, and how often it may ask. Whoever guesses keys is bounded by address.</summary>
internal sealed class ApiGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, ApiKeys keys, ApiRates rates, RequestBounds bounds)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeedsScope>() is not { } needs)
        {
            await next(context);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        string given = context.Request.Headers.Authorization.ToString();
        KeyInUse? key = given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? await keys.FindAsync(given["Bearer ".Length..].Trim(), context.RequestAborted) : null;
        if (key is null)
        {
            // RFC 6750 3: what is wanted, and what was wrong with what came.
            context.Response.Headers.WWWAuthenticate = given.Length == 0 ? "Bearer" : "Bearer error=\"invalid_token\"";
            if (!bounds.Allows(context, RequestBounds.Writes))
            {
                context.Response.Headers.RetryAfter = "60";
                await SayAsync(context, 429, "Too many requests", "Wait a minute and try again, with a key.");
                return;
            }

            await SayAsync(context, 401, "A key is needed", "Send 'Authorization: Bearer eqk_…' with a key that head office has made and not disabled.");
            return;
        }

        if (rates.WaitOf(key.Id) is { } wait)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await SayAsync(context, 429, "Too many requests", "This key asks more often than it may. Wait as long as Retry-After says.");
            return;
        }

        if (!key.Scopes.Contains(needs.Scope))
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{needs.Scope}\"";
            await SayAsync(context, 403, "Not for this key", $"This needs the scope {needs.Scope}, which the key does not have.");
            return;
        }

        context.Features.Set(key);
        context.Features.Set(new ApiCaller(key.Id));
        await next(context);
    }

    private static Task SayAsync(HttpContext context, int status, string title, string detail) =>
        Results.Problem(detail, statusCode: status, title: title).ExecuteAsync(context);
}

/// <summary>How often each key may ask: a bucket that fills up evenly.</summary>
internal sealed class ApiRates(ApiSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<long> _limiter = PartitionedRateLimiter.Create<long, long>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = settings.RequestsPerMinute, TokensPerPeriod = settings.RequestsPerMinute, ReplenishmentPeriod = TimeSpan.FromMinutes(1), QueueLimit = 0,
    }));

    /// <returns>Null: it may ask now.</returns>
    public TimeSpan? WaitOf(long key)
    {
        using RateLimitLease lease = _limiter.AttemptAcquire(key);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) && wait > TimeSpan.Zero ? wait : TimeSpan.FromMinutes(1);
    }

    public void Dispose() => _limiter.Dispose();
}
