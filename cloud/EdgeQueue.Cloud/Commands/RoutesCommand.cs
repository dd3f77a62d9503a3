using System.CommandLine;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Api;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Commands;

/// <summary><c>edgequeue-cloud routes</c>: what this program answers, and to whom.</summary>
internal static class RoutesCommand
{
    public static Command Make()
    {
        var options = new SettingOptions();
        var command = new Command("routes", "Prints every route: method, path, and who may use it ('public', the roles of accounts, or the scope of an API key). Starts nothing and touches no database.")
        {
            options.Config, options.Database, options.Listen,
        };
        command.SetAction(async (parsed, _) =>
        {
            if (CloudProgram.Read(parsed.GetValue(options.Config), options.Given(parsed)) is not { } configuration)
            {
                return ExitCode.Settings;
            }

            await using WebApplication? app = CloudProgram.Build(configuration);
            if (app is null)
            {
                return ExitCode.Settings;
            }

            IEnumerable<string> lines = ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
                .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(m => $"{m}\t{e.RoutePattern.RawText}\t{Who(m, e)}"))
                .Order(StringComparer.Ordinal);
            foreach (string line in lines)
            {
                await Console.Out.WriteLineAsync(line);
            }

            return ExitCode.Stopped;
        });
        return command;
    }

    private static string Who(string method, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<NeedsScope>() is { } needs)
        {
            return "key:" + needs.Scope;
        }

        if (endpoint.Metadata.GetMetadata<Admission>() is not { } admission)
        {
            return "public";
        }

        bool reads = method == "GET" || endpoint.Metadata.GetMetadata<OnlyLooks>() is not null;
        Roles roles = reads ? admission.Look : admission.Change;
        return string.Join(',', RoleWords.Every.Where(r => (r.Role & roles) != 0).Select(r => r.Word));
    }
}
