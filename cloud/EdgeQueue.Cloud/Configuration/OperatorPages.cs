using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Cloud.Configuration;

/// <summary>The operators of a branch: who they are, by which work profile they call, what they may, their PINs. Each change is the branch's next configuration.</summary>
internal sealed class OperatorPages(ConfigurationStore store, ConfigurationUpload upload)
{
    private const string Pin = "pin", NoPin = "nopin", Attribute = "attribute", Known = "known";

    private static readonly (string Field, string Title, Func<OperatorConfiguration, bool?> Of)[] Permissions =
    [
        ("chooseService", "Choose the queue to call from", o => o.ChooseService),
        ("chooseTicket", "Choose whom to call", o => o.ChooseTicket),
        ("changeService", "Change what somebody came for", o => o.ChangeService),
        ("setPriority", "Change somebody's priority", o => o.SetPriority),
    ];

    /// <param name="one">Whose form is filled in; null: a new operator's.</param>
    public async Task<IResult> ShowAsync(string name, string? one, SignedIn who, HttpContext context) =>
        await store.BranchAsync(name, who.Sees, context.RequestAborted) is { } branch
            ? await PageAsync(branch, one, who, null, TypedForm.Fresh, context.RequestAborted)
            : ConfigurationPages.NoBranch;

    public Task<IResult> SaveAsync(string name, SignedIn who, HttpContext context) => ChangeAsync(name, who, context, FaultOf, static (operators, form, before) =>
    {
        JsonObject one = OperatorEdit.Of(operators, form.Of("id"));
        Put(one, "workProfile", form.Of("workProfile") is { Length: > 0 } profile ? (JsonNode)profile : null);
        foreach (var (field, _, _) in Permissions)
        {
            Put(one, field, form.Of(field) switch { "yes" => (JsonNode)true, "no" => (JsonNode)false, _ => null });
        }

        if (before.OperatorAttributes.Count > 0)
        {
            JsonNode[] has = [.. before.OperatorAttributes.Where(a => form.Of(Attribute + "-" + a) == "yes").Select(a => (JsonNode)a)];
            Put(one, "attributes", has.Length > 0 ? new JsonArray(has) : null);
        }

        if (form.Of(NoPin) == "yes")
        {
            one.Remove("pinHash");
        }
        else if (form.Of(Pin) is { Length: > 0 } pin)
        {
            // One salt for a branch: a PIN alone says who signs in.
            (byte[] salt, int iterations) = before.Operators.Select(o => o.PinHash is { } hash ? PinHash.SaltOf(hash) : null).FirstOrDefault(s => s is not null)
                ?? (RandomNumberGenerator.GetBytes(PinHash.SaltLength), PinHash.Iterations);
            one["pinHash"] = PinHash.Of(pin, salt, iterations);
        }
    });

    public Task<IResult> RemoveAsync(string name, SignedIn who, HttpContext context) => ChangeAsync(name, who, context, static (_, _) => null, static (operators, form, _) =>
    {
        if (operators.FirstOrDefault(o => (string?)o!["id"] == form.Of("id")) is { } gone)
        {
            operators.Remove(gone);
        }
    });

    private static void Put(JsonObject one, string name, JsonNode? value)
    {
        if (value is null)
        {
            one.Remove(name);
        }
        else
        {
            one[name] = value;
        }
    }

    private static string? FaultOf(TypedForm form, BranchConfiguration before) =>
        form.Of("id").Length == 0 ? "Give the operator an id: small letters, digits and '-', such as anna; digits where they sign in by typing it."
        : form.Of(Known) != "yes" && before.Operators.Any(o => o.Id == form.Of("id")) ? $"There is an operator '{form.Of("id")}'. Choose them in the list to change them."
        : (form.Of(Known) != "yes" ? form.Of(Pin).Length == 0 : form.Of(NoPin) == "yes") && !form.Of("id").All(char.IsAsciiDigit)
            ? $"'{form.Of("id")}' could not sign in without a PIN: only an id of digits can be typed at a keypad."
        : form.Of(Pin) is { Length: > 0 } pin && form.Of(NoPin) != "yes" ? PinHash.FaultOf(pin)
        : null;

    private async Task<IResult> ChangeAsync(
        string name, SignedIn who, HttpContext context, Func<TypedForm, BranchConfiguration, string?> faultOf, Action<JsonArray, TypedForm, BranchConfiguration> change)
    {
        if (await store.BranchAsync(name, who.Sees, context.RequestAborted) is not { } branch)
        {
            return ConfigurationPages.NoBranch;
        }

        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        TypedForm form = new(await context.Request.ReadFormAsync(context.RequestAborted));
        ConfigurationState state = await store.StateAsync(branch.Id, context.RequestAborted);
        if (await upload.LatestAsync(branch, state, context.RequestAborted) is not { } document || Load(document) is not { } before)
        {
            return await PageAsync(branch, null, who, null, TypedForm.Fresh, context.RequestAborted);
        }

        if (faultOf(form, before) is { } fault)
        {
            return await PageAsync(branch, form.Of(Known) == "yes" ? form.Of("id") : null, who, null, form.Refuse(fault), context.RequestAborted);
        }

        byte[] next = OperatorEdit.With(document, Math.Max(state.Held, state.Wanted) + 1, operators => change(operators, form, before));
        UploadOutcome outcome = await upload.TakeAsync(branch, next, Actor.Of(context), context.RequestAborted);
        return await PageAsync(branch, outcome.Faults.Count > 0 && form.Of(Known) == "yes" ? form.Of("id") : null, who, outcome, outcome.Faults.Count > 0 ? form : TypedForm.Fresh, context.RequestAborted);
    }

    private static BranchConfiguration? Load(byte[] document) =>
        BranchConfigurationLoader.TryLoad(document, id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _), out LoadedBranch? loaded, out _) ? loaded.Configuration : null;

    private async Task<IResult> PageAsync(ConfiguredBranch branch, string? one, SignedIn who, UploadOutcome? outcome, TypedForm typed, CancellationToken cancellation)
    {
        ConfigurationState state = await store.StateAsync(branch.Id, cancellation);
        byte[]? document = await upload.LatestAsync(branch, state, cancellation);
        BranchConfiguration? all = document is null ? null : Load(document);
        IReadOnlyList<ConfigurationVersion> versions = await store.VersionsAsync(branch.Id, cancellation);
        string here = $"/network/{branch.Name}/operators";
        Html body = all is null
            ? Html.Of($"<section class=\"card empty\"><h2>Not known</h2><p class=\"quiet\">{(document is null ? "The branch has not said what it runs, and nothing was uploaded for it." : "What the branch runs cannot be read here: its hub is of another release. Change its operators in the file.")}</p></section>")
            : Html.Of($"""
            {ConfigurationPages.Status(state, versions, $"/network/{branch.Name}/configuration", who)}
            <section class="card"><div class="scroll" tabindex="0" role="region" aria-label="Operators"><table><thead><tr><th scope="col">Operator<th scope="col">Work profile<th scope="col">Signs in<th scope="col" class="wide">Skills<th scope="col" class="wide">Has<th scope="col" class="wide">May, other than the work profile says</tr></thead><tbody>
            {all.Operators.Select(o => Row(o, here, who))}
            </tbody></table></div>{Html.When(all.Operators.Count == 0, $"<p class=\"quiet\">There are none, so nobody can sign in at a keypad.</p>")}
            <p class="quiet small">Skills stay as they are; they are changed in the <a href="/network/{branch.Name}/configuration">file</a>.</p></section>
            {(who.MayChange ? Form(all, all.Operators.FirstOrDefault(o => o.Id == one), here, typed) : Html.Empty)}
            """);
        return new Page("Operators", Html.Of($"""
            <p class="small"><a href="/network/{branch.Name}">← {branch.Title}</a> · <a href="/network/{branch.Name}/configuration">Configuration</a></p>
            <h1>Operators of {branch.Title}</h1>
            {ConfigurationPages.Said(outcome)}
            {body}
            """), Place: "/network", Status: typed.IsRefused || outcome is { Faults.Count: > 0 } ? 422 : 200);
    }

    private static Html Row(OperatorConfiguration one, string here, SignedIn who)
    {
        string[] may = [.. Permissions.Where(p => p.Of(one) is not null).Select(p => $"{p.Title}: {(p.Of(one)!.Value ? "yes" : "no")}")];
        return Html.Of($"""
            <tr><td>{(who.MayChange ? Html.Of($"<a href=\"{here}?one={one.Id}\"><b>{one.Id}</b></a>") : Html.Of($"<b>{one.Id}</b>"))}<td>{one.WorkProfile ?? "the counter's"}<td>{(one.PinHash is null ? Html.Of($"with the id") : Html.Of($"with a PIN"))}<td class="wide">{(one.Skills.Count == 0 ? "all" : string.Join(", ", one.Skills.Select(s => s.Level == "primary" ? s.Service : $"{s.Service} ({s.Level})")))}<td class="wide">{(one.Attributes.Count == 0 ? "–" : string.Join(", ", one.Attributes))}<td class="wide small lines">{string.Join('\n', may)}</tr>
            """);
    }

    private static Html Form(BranchConfiguration all, OperatorConfiguration? one, string here, TypedForm typed)
    {
        string profile = typed.Of("workProfile", one?.WorkProfile ?? "");
        return Html.Of($"""
            <section class="card"><h2>{(one is null ? "Another operator" : $"Operator {one.Id}")}</h2>{typed.Refusal}<form method="post" action="{here}"><div class="grid">
            {(one is null ? Html.Of($"<label>Id<input name=\"id\" value=\"{typed.Of("id")}\" required maxlength=\"64\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"><span class=\"hint\">As reports name them; digits where they sign in by typing it.</span></label>") : Html.Of($"<input type=\"hidden\" name=\"id\" value=\"{one.Id}\"><input type=\"hidden\" name=\"{Known}\" value=\"yes\">"))}
            <label>Work profile<select name="workProfile"><option value="">the counter's</option>{all.WorkProfiles.Select(p => Html.Of($"<option value=\"{p.Id}\"{Html.When(p.Id == profile, $" selected")}>{p.Id}</option>"))}</select><span class="hint">Which queues they call from, at any counter.</span></label>
            <label>{(one?.PinHash is null ? "PIN" : "Another PIN")}<input name="{Pin}" inputmode="numeric" pattern="[0-9]*" minlength="{PinHash.ShortestPin}" maxlength="{PinHash.LongestPin}" autocomplete="off"><span class="hint">{PinHash.ShortestPin} to {PinHash.LongestPin} digits; nobody is shown it again. Empty: as it is.</span></label>
            {Permissions.Select(p => Permission(p.Field, p.Title, typed.Of(p.Field, (one is null ? null : p.Of(one)) switch { true => "yes", false => "no", _ => "" })))}
            </div>
            {Html.When(one?.PinHash is not null, $"<label class=\"check\"><input type=\"checkbox\" name=\"{NoPin}\" value=\"yes\"><span>No PIN any more: they sign in by typing the id.</span></label>")}
            {all.OperatorAttributes.Select(a => Html.Of($"<label class=\"check\"><input type=\"checkbox\" name=\"{Attribute}-{a}\" value=\"yes\"{Html.When(typed.Of(Attribute + "-" + a, one?.Attributes.Contains(a) == true ? "yes" : "") == "yes", $" checked")}><span>{a}</span></label>"))}
            <div class="actions"><button>Send it to the branch</button>{Html.When(one is not null, $"<button class=\"danger\" formaction=\"{here}/remove\" formnovalidate>Take them out</button>")}</div></form>{Html.When(one is not null, $"<p class=\"small\"><a href=\"{here}\">Another operator</a></p>")}</section>
            """);
    }

    private static Html Permission(string field, string title, string chosen) => Html.Of($"""
        <label>{title}<select name="{field}"><option value="">as the work profile says</option><option value="yes"{Html.When(chosen == "yes", $" selected")}>yes</option><option value="no"{Html.When(chosen == "no", $" selected")}>no</option></select></label>
        """);
}
