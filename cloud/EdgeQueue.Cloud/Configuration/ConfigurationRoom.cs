using System.Text.Json;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Api;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;
using EdgeQueue.Core.Contracts.Configuration;
using Microsoft.AspNetCore.Http.Metadata;

namespace EdgeQueue.Cloud.Configuration;

/// <summary>The branches' configurations from here: kept in versions, told to the hubs, and what came of it.</summary>
internal sealed class ConfigurationRoom : IRoom
{
    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        services.AddSingleton<ConfigurationStore>().AddSingleton<ConfigurationUpload>().AddSingleton<ConfigurationPages>().AddSingleton<OperatorPages>().AddSingleton<ConfigurationApi>().AddSingleton<ConfigurationSender>();
        services.AddSingleton<IReportTaker>(s => s.GetRequiredService<ConfigurationSender>()).AddHostedService(s => s.GetRequiredService<ConfigurationSender>());
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ConfigurationApiJson.Default));
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder staff = routes.MapStaff();
        staff.MapGet("/network/{name}/configuration", (string name, SignedIn who, ConfigurationPages pages, HttpContext context) => pages.ShowAsync(name, who, context)).Bounded(RequestBounds.Reads);
        staff.MapGet("/network/{name}/configuration/file", (string name, long? revision, SignedIn who, ConfigurationPages pages, HttpContext context) => pages.FileAsync(name, revision, who, context)).Bounded(RequestBounds.Reads);
        staff.MapPost("/network/{name}/configuration", (string name, SignedIn who, ConfigurationPages pages, HttpContext context) => pages.UploadAsync(name, who, context)).WithMetadata(new LargeBody()).Bounded(RequestBounds.Writes);
        staff.MapPost("/network/{name}/configuration/again", (string name, SignedIn who, ConfigurationPages pages, HttpContext context) => pages.AgainAsync(name, who, context)).Bounded(RequestBounds.Writes);
        staff.MapGet("/network/{name}/operators", (string name, string? one, SignedIn who, OperatorPages pages, HttpContext context) => pages.ShowAsync(name, one, who, context)).Bounded(RequestBounds.Reads);
        staff.MapPost("/network/{name}/operators", (string name, SignedIn who, OperatorPages pages, HttpContext context) => pages.SaveAsync(name, who, context)).Bounded(RequestBounds.Writes);
        staff.MapPost("/network/{name}/operators/remove", (string name, SignedIn who, OperatorPages pages, HttpContext context) => pages.RemoveAsync(name, who, context)).Bounded(RequestBounds.Writes);

        RouteGroupBuilder api = routes.MapGroup("/api/v1");
        api.MapGet("/branches/{branch}/configuration", (KeyInUse key, string branch, ConfigurationApi configurations, CancellationToken gone) => configurations.OneAsync(key, branch, gone))
            .Needs(Scopes.ConfigurationRead, "GetConfiguration", "Which configuration is wanted and which is in force").Produces<ConfigurationItem>();
        api.MapPut("/branches/{branch}/configuration", (KeyInUse key, string branch, ConfigurationApi configurations, HttpContext context) => configurations.PutAsync(key, branch, context))
            .Needs(Scopes.ConfigurationWrite, "PutConfiguration", "Check the branch's JSON file and send it to the branch; all its faults are said at once").WithMetadata(new LargeBody())
            .Accepts<JsonElement>("application/json").Produces<UploadedConfiguration>().ProducesProblem(422);
    }

    /// <summary>A file, and what a form has around it.</summary>
    private sealed class LargeBody : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => BranchConfigurationLoader.MaximumLength + (16 * 1024);
    }
}
