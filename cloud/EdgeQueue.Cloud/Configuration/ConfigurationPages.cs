using System.Globalization;
using System.Text;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Cloud.Configuration;

/// <summary>The configuration of a branch: what is wanted, what is in force, why not, what was before, and another one.</summary>
internal sealed class ConfigurationPages(ConfigurationStore store, ConfigurationUpload upload, AuditTrail audit)
{
    public async Task<IResult> ShowAsync(string name, SignedIn who, HttpContext context) =>
        await store.BranchAsync(name, who.Sees, context.RequestAborted) is { } branch ? await PageAsync(branch, who, null, context.RequestAborted) : NoBranch;

    public async Task<IResult> UploadAsync(string name, SignedIn who, HttpContext context)
    {
        if (await store.BranchAsync(name, who.Sees, context.RequestAborted) is not { } branch)
        {
            return NoBranch;
        }

        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.Files.GetFile("file") is not { Length: > 0 and <= BranchConfigurationLoader.MaximumLength } file)
        {
            return await PageAsync(branch, who, UploadOutcome.Not(new ConfigurationFault("$", 1, "Choose the branch's JSON file, of at most 1 MiB.")), context.RequestAborted);
        }

        byte[] document = new byte[file.Length];
        await using (Stream read = file.OpenReadStream())
        {
            await read.ReadExactlyAsync(document, context.RequestAborted);
        }

        return await PageAsync(branch, who, await upload.TakeAsync(branch, document, Actor.Of(context), context.RequestAborted), context.RequestAborted);
    }

    public async Task<IResult> AgainAsync(string name, SignedIn who, HttpContext context)
    {
        if (await store.BranchAsync(name, who.Sees, context.RequestAborted) is not { } branch)
        {
            return NoBranch;
        }

        await audit.NoteAsync(context, Deeds.Sent, $"branch {branch.Name}, configuration");
        await store.AgainAsync(branch.Id, context.RequestAborted);
        return SignInPages.SeeOther(context, $"/network/{branch.Name}/configuration");
    }

    /// <param name="revision">Null: what the branch runs.</param>
    public async Task<IResult> FileAsync(string name, long? revision, SignedIn who, HttpContext context)
    {
        if (await store.BranchAsync(name, who.Sees, context.RequestAborted) is not { } branch)
        {
            return NoBranch;
        }

        byte[] document = revision is { } number ? await store.DocumentAsync(branch.Id, number, context.RequestAborted) ?? [] : (await store.StateAsync(branch.Id, context.RequestAborted)).HeldDocument;
        return document.Length == 0
            ? Page.Message(404, "No such file", "The branch has not told it, or it is no longer kept.", Audience.HeadOffice)
            : Results.File(PinHashes.Without(document), "application/json", $"{branch.Name}.json");
    }

    /// <summary>Where what is in force and what is wanted are not the same thing; in words.</summary>
    internal static (string Word, string Sentence) Standing(ConfigurationState state, ConfigurationVersion? wanted)
    {
        string held = state.Held.ToString(CultureInfo.InvariantCulture);
        return
            wanted is null ? state.Held == 0 ? ("unknown", "The branch has not said what it runs.") : ("own", $"The branch runs revision {held}, made at the branch.")
            : state.Held == wanted.Revision && state.HeldSha256 == wanted.Sha256 ? ("applied", $"Revision {held} is in force.")
            : state.Held >= wanted.Revision ? ("changed", $"Changed at the branch: it runs revision {held} of its own. The higher revision wins; begin the next one with the file that the branch runs.")
            : state.Rejected == wanted.Revision ? ("rejected", $"The branch does not take revision {wanted.Revision.ToString(CultureInfo.InvariantCulture)} and goes on with {held}.")
            : ("waiting", $"Revision {wanted.Revision.ToString(CultureInfo.InvariantCulture)} waits for the branch{(state.Held == 0 ? ", which has not said what it runs" : $", which runs {held}")}.");
    }

    internal static IReadOnlyList<ConfigurationFault> FaultsOf(ConfigurationState state) =>
        state.Faults.Length > 0 && LinkJson.TryRead(Encoding.UTF8.GetBytes(state.Faults), out ConfigurationRejection? rejection, out _) ? rejection.Faults : [];

    internal static Page NoBranch => Page.Message(404, "No such branch", "It has not reported to this cloud, its name is another one, or it is not one of yours.", Audience.HeadOffice);

    private async Task<IResult> PageAsync(ConfiguredBranch branch, SignedIn who, UploadOutcome? outcome, CancellationToken cancellation)
    {
        ConfigurationState state = await store.StateAsync(branch.Id, cancellation);
        IReadOnlyList<ConfigurationVersion> versions = await store.VersionsAsync(branch.Id, cancellation);
        string here = $"/network/{branch.Name}/configuration";
        return new Page("Configuration", Html.Of($"""
            <p class="small"><a href="/network/{branch.Name}">← {branch.Title}</a> · <a href="/network/{branch.Name}/operators">Operators</a></p>
            <h1>Configuration of {branch.Title}</h1>
            {Said(outcome)}
            {Status(state, versions, here, who)}
            {Html.When(who.MayChange, $"""
            <section class="card"><h2>Another one</h2><form method="post" action="{here}" enctype="multipart/form-data">
            <label>The branch's JSON file <span class="hint">With a higher revision. A PIN that is “{PinHashes.Set}” stays as it is.</span><input type="file" name="file" accept="application/json,.json" required></label>
            <div><button>Check and send it</button></div></form></section>
            """)}
            {(versions.Count == 0 ? Html.Of($"<section class=\"card empty\"><h2>Nothing was uploaded yet</h2><p class=\"quiet\">The branch goes by the file that it has.</p></section>") : Html.Of($"""
            <section class="card"><h2>Versions</h2><div class="scroll" tabindex="0" role="region" aria-label="Versions"><table><thead><tr><th scope="col" class="n">Revision<th scope="col">Uploaded<th scope="col">In force<th scope="col">What changed</tr></thead><tbody>
            {versions.Select(v => Html.Of($"""<tr><td class="n"><a href="{here}/file?revision={v.Revision}">{v.Revision}</a><td class="small">{At(v.UploadedAt)} {Html.When(v.By.Length > 0, $"by {v.By}")}<td class="small">{(v.AppliedAt > 0 ? At(v.AppliedAt) : "–")}<td class="small lines">{v.Summary}</tr>"""))}
            </tbody></table></div><p class="quiet small">The last {ConfigurationStore.MostKept} are kept.</p></section>
            """))}
            """), Place: "/network", Status: outcome is { Faults.Count: > 0 } ? 422 : 200);
    }

    /// <summary>What is in force and what is wanted, with the link to the file that the branch runs.</summary>
    internal static Html Status(ConfigurationState state, IReadOnlyList<ConfigurationVersion> versions, string here, SignedIn who)
    {
        (string word, string sentence) = Standing(state, versions.Count > 0 ? versions[0] : null);
        return Html.Of($"""
            <section class="card"><p><span class="pill{(word switch { "applied" => "", "rejected" => " bad", "own" or "unknown" => " off", _ => " warn" })}">{word}</span> {sentence}</p>
            {Html.When(word == "rejected", $"""
            <ul>{FaultsOf(state).Select(Fault)}</ul>
            {Html.When(who.MayChange, $"<form method=\"post\" action=\"{here}/again\"><button class=\"plain\">Send it again</button></form>")}
            """)}
            {Html.When(state.HeldDocument.Length > 0, $"<p><a href=\"{here}/file\">What the branch runs</a> <span class=\"quiet small\">told {At(state.HeldAt)}</span></p>")}</section>
            """);
    }

    internal static Html Said(UploadOutcome? outcome) => outcome is null ? Html.Empty : outcome.Faults.Count > 0
        ? Html.Of($"<div class=\"notice\" role=\"alert\"><p>It was not taken. Mend this and send it again.</p><ul>{outcome.Faults.Select(Fault)}</ul></div>")
        : Html.Of($"<div class=\"notice good\" role=\"status\"><p>Revision {outcome.Revision} is on its way to the branch.</p><p class=\"lines small\">{outcome.Summary}</p></div>");

    private static Html Fault(ConfigurationFault fault) => Html.Of($"<li><code>{fault.Path}</code>{Html.When(fault.Line > 1, $", line {fault.Line}")}: {fault.Sentence}</li>");

    private static string At(long ms) => DateTime.UnixEpoch.AddMilliseconds(ms).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
