using System.Globalization;
using System.Threading.RateLimiting;

namespace EdgeQueue.Cloud.Web;

/// <summary>How often one client may ask. A route says its bound: <c>route.Bounded(RequestBounds.Writes)</c>.</summary>
public sealed class RequestBounds : IDisposable
{
    /// <summary>Requests a minute that look at something.</summary>
    public const int Reads = 600;

    /// <summary>Requests a minute that change something or guess at something: a booking, a code, a PIN.</summary>
    public const int Writes = 60;

    private readonly PartitionedRateLimiter<(string Client, int PerMinute)> _limiter = PartitionedRateLimiter.Create<(string Client, int PerMinute), string>(
        of => RateLimitPartition.GetTokenBucketLimiter(
            string.Create(CultureInfo.InvariantCulture, $"{of.PerMinute} {of.Client}"),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = of.PerMinute, TokensPerPeriod = of.PerMinute, ReplenishmentPeriod = TimeSpan.FromMinutes(1), QueueLimit = 0,
            }));

    public bool Allows(HttpContext context, int perMinute)
    {
        using RateLimitLease lease = _limiter.AttemptAcquire((ClientAddress.Bucket(context), perMinute));
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}

/// <summary>How a route says it.</summary>
public static class BoundedRoutes
{
    /// <summary>At most so many requests of one client a minute, on all routes with this bound together; more are answered with 429.</summary>
    public static T Bounded<T>(this T route, int perMinute)
        where T : IEndpointConventionBuilder => route.AddEndpointFilter(new BoundFilter(perMinute));

    private sealed class BoundFilter(int perMinute) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            HttpContext http = context.HttpContext;
            if (http.RequestServices.GetRequiredService<RequestBounds>().Allows(http, perMinute))
            {
                return await next(context);
            }

            http.Response.Headers.RetryAfter = "60";
            return Results.StatusCode(429);
        }
    }
}
