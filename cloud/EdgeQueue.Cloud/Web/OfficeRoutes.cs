using EdgeQueue.Cloud.Accounts;

namespace EdgeQueue.Cloud.Web;

/// <summary>Routes for people with an account. The gate (Accounts/Gate) asks who it is before a handler runs.</summary>
public static class OfficeRoutes
{
    /// <summary>What concerns all branches together: head office, and the auditor to look.</summary>
    public static RouteGroupBuilder MapHeadOffice(this IEndpointRouteBuilder routes) => routes.MapOffice(Roles.HeadOffice | Roles.Auditor, Roles.HeadOffice);

    /// <summary>
    /// Everybody with an account, and to change something everybody but the auditor. The handler shows and changes only branches of
    /// <see cref="SignedIn.Sees"/>: it takes a <see cref="SignedIn"/> as a parameter.
    /// </summary>
    public static RouteGroupBuilder MapStaff(this IEndpointRouteBuilder routes) => routes.MapOffice(Roles.All, Roles.All & ~Roles.Auditor);

    /// <summary>Those roles, and nobody else.</summary>
    public static RouteGroupBuilder MapOffice(this IEndpointRouteBuilder routes, Roles look, Roles change)
    {
        RouteGroupBuilder group = routes.MapGroup("");
        group.WithMetadata(new Admission(look, change));
        return group;
    }

    /// <summary>It only looks, although it is sent: a number is no part of an address.</summary>
    public static T OnlyLooks<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(new OnlyLooks());
}
