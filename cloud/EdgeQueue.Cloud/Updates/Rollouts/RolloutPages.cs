using System.Globalization;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Network;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Updates.Rollouts;

/// <summary>Roll-outs: the last ones, one with its progress, and a form for another.</summary>
internal sealed class RolloutPages(RolloutStore store, TimeProvider time)
{
    private const int MostShown = 20;

    private const int MostBranches = 100;

    /// <param name="before">Only those made before this one; null: the last ones.</param>
    public Task<Page> AllAsync(SignedIn who, long? before, CancellationToken gone) => AllAsync(who, RolloutForm.Empty, null, gone, before);

    public async Task<IResult> MakeAsync(SignedIn who, HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        RolloutForm form = RolloutForm.Of(await context.Request.ReadFormAsync(context.RequestAborted));
        if (form.Read(out string? fault) is { } wanted)
        {
            MadeRollout made = await store.MakeAsync(wanted, Actor.Of(context), context.RequestAborted);
            if (made.Id is { } id)
            {
                return SignInPages.SeeOther(context, Link(id));
            }

            fault = made.Fault;
        }

        return await AllAsync(who, form, fault, context.RequestAborted);
    }

    public async Task<IResult> PutAsync(long id, RolloutPhase phase, HttpContext context) =>
        await store.PutAsync(id, phase, Actor.Of(context), context.RequestAborted)
            ? SignInPages.SeeOther(context, Link(id))
            : Page.Message(409, "That is not possible now", "It is in another state than it was, or another roll-out is not finished.", Audience.HeadOffice);

    public async Task<Page> OneAsync(long id, SignedIn who, CancellationToken gone)
    {
        if (await store.OneAsync(id, gone) is not { } rollout)
        {
            return Page.Message(404, "No such roll-out", "It was never made here.", Audience.HeadOffice);
        }

        IReadOnlyList<StageCount> counts = await store.CountsAsync(id, gone);
        IReadOnlyList<RolloutBranch> branches = await store.BranchesAsync(id, MostBranches, gone);
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        RolloutPhase phase = rollout.Standing.Phase;
        return new Page(rollout.Title, Html.Of($"""
            <p class="small"><a href="/rollouts">← Roll-outs</a></p>
            <h1>{rollout.Title} {Pill(phase)}</h1>
            {Html.When(rollout.Standing.Reason.Length > 0, $"<p class=\"notice\" role=\"alert\">{rollout.Standing.Reason}</p>")}
            <section class="card"><h2>Stages</h2><div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th scope="col">Stage<th scope="col">Branches of<th scope="col" class="n">Percent<th scope="col" class="n">Branches<th scope="col" class="n">Heard of it<th scope="col" class="n">Done<th scope="col" class="n">Failed</tr></thead>
            <tbody>{rollout.Stages.Select((s, i) => Stage(s, i, rollout, counts.FirstOrDefault(c => c.Stage == i) ?? new StageCount(i, 0, 0, 0, 0)))}</tbody></table></div>
            <p class="quiet small">{rollout.PauseMs / 3_600_000} h between two stages. It stops by itself when {(rollout.MostFailures == 0 ? "a branch fails" : $"more than {rollout.MostFailures} {(rollout.MostFailures == 1 ? "branch fails" : "branches fail")}")}.</p>
            {Html.When(who.IsHeadOffice, $"""
            <div class="choices">{Html.When(phase == RolloutPhase.Running, $"<form method=\"post\" action=\"{Link(id)}/pause\"><button>Pause</button></form>")}
            {Html.When(phase is RolloutPhase.Paused or RolloutPhase.Stopped, $"<form method=\"post\" action=\"{Link(id)}/go-on\"><button>Go on</button></form>")}
            {Html.When(phase is RolloutPhase.Running or RolloutPhase.Paused or RolloutPhase.Stopped, $"<form method=\"post\" action=\"{Link(id)}/end\"><button class=\"danger\">End it</button></form>")}</div>
            """)}</section>
            <section class="card"><h2>Branches</h2>{(branches.Count == 0 ? Html.Of($"<p class=\"quiet\">None has failed, and none is at it.</p>") : Html.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th scope="col">Branch<th scope="col">State<th scope="col" class="n">Devices<th scope="col">Says<th scope="col" class="n">Heard</tr></thead>
            <tbody>{branches.Select(b => Html.Of($"""
                <tr><td><a href="/network/{b.Name}">{b.Title}</a><td>{(b.Outcome == "failed" ? Html.Of($"<span class=\"pill bad\">failed</span>") : Html.Of($"<span class=\"pill warn\">at it</span>"))}<td class="n">{b.Done} of {b.Devices}<td class="says">{b.Said}<td class="n quiet">{Spans.Text(now - b.SaidAt)} ago</tr>
                """))}</tbody></table></div>
                {Html.When(branches[0].InAll > branches.Count, $"<p class=\"quiet small\">The first {branches.Count} of {branches[0].InAll}.</p>")}
            """))}</section>
            <section class="card"><h2>Bundles</h2><div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th scope="col">Image<th scope="col">Version<th scope="col" class="n">Size<th scope="col">SHA-256</tr></thead>
            <tbody>{rollout.Bundles.Select(b => Html.Of($"<tr><td>{b.Compatible}<td>{b.Version}<td class=\"n\">{(b.Size + 99_999) / 100_000 / 10}.{(b.Size + 99_999) / 100_000 % 10} MB<td class=\"says\"><code>{b.Sha256}</code></tr>"))}</tbody></table></div></section>
            """), Place: "/versions");
    }

    private async Task<Page> AllAsync(SignedIn who, RolloutForm form, string? fault, CancellationToken gone, long? before = null)
    {
        IReadOnlyList<Rollout> found = await store.LatestAsync(MostShown + 1, gone, before ?? long.MaxValue);
        Rollout[] all = [.. found.Take(MostShown)];
        return new Page("Roll-outs", Html.Of($"""
            <p class="small"><a href="/versions">← Versions</a></p>
            <h1>Roll-outs</h1>
            {Html.When(fault is not null, $"<p class=\"notice\" role=\"alert\">{fault}</p>")}
            {(all.Length == 0 ? Html.Of($"<section class=\"card empty\"><h2>None yet</h2><p class=\"quiet\">A roll-out brings system images to the branches' devices, some branches first.</p></section>") : Html.Of($"""
            <section class="card"><div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th scope="col">Roll-out<th scope="col">State<th scope="col">Images<th scope="col" class="n">Stage</tr></thead>
            <tbody>{all.Select(r => Html.Of($"<tr><td><a href=\"{Link(r.Id)}\"><b>{r.Title}</b></a><td>{Pill(r.Standing.Phase)}<td>{string.Join(", ", r.Bundles.Select(b => $"{b.Compatible} {b.Version}"))}<td class=\"n\">{r.Standing.Stage + 1} of {r.Stages.Count}</tr>"))}</tbody></table></div>
            {Html.When(found.Count > all.Length, $"<p><a href=\"/rollouts?before={all[^1].Id}\">Earlier ones</a></p>")}</section>
            """))}
            {Html.When(who.IsHeadOffice, $"""
            <section class="card"><h2>Another one</h2><form method="post" action="/rollouts">
            <label>Name<input name="title" maxlength="{NewRollout.LongestTitle}" required value="{form.Title}"></label>
            <label>Bundles<textarea name="bundles" rows="3" required maxlength="8000">{form.Bundles}</textarea><span class="hint">One a line: kind of image, version, size in bytes, SHA-256, address (https). The hub fetches them from there; the devices look at the signature.</span></label>
            <label>Stages<textarea name="stages" rows="4" required maxlength="2000">{form.Stages}</textarea><span class="hint">One a line: so many percent of the branches, or of those of a region: <code>20 North</code>. A stage has those of the stages before, too.</span></label>
            <label>Branches that may fail<input name="failures" inputmode="numeric" pattern="[0-9]+" required value="{form.MostFailures}"></label>
            <label>Hours between two stages<input name="pause" inputmode="numeric" pattern="[0-9]+" required value="{form.PauseHours}"></label>
            <div><button>Begin</button></div></form></section>
            """)}
            """), Place: "/versions", Status: fault is null ? 200 : 422);
    }

    private static Html Stage(RolloutStage stage, int number, Rollout rollout, StageCount count) => Html.Of($"""
        <tr><td>{number + 1} {Html.When(number == rollout.Standing.Stage && rollout.Standing.Phase == RolloutPhase.Running, $"<span class=\"pill\">now</span>")}<td>{(stage.Region.Length == 0 ? "all" : stage.Region)}<td class="n">{stage.Percent}
        <td class="n">{count.Branches}<td class="n">{count.Told}<td class="n">{count.Done}<td class="n{(count.Failed > 0 ? " bad" : "")}">{count.Failed}</tr>
        """);

    private static Html Pill(RolloutPhase phase) => phase switch
    {
        RolloutPhase.Running => Html.Of($"<span class=\"pill\">running</span>"),
        RolloutPhase.Paused => Html.Of($"<span class=\"pill warn\">paused</span>"),
        RolloutPhase.Stopped => Html.Of($"<span class=\"pill bad\">stopped</span>"),
        RolloutPhase.Ended => Html.Of($"<span class=\"pill off\">ended</span>"),
        _ => Html.Of($"<span class=\"pill off\">done</span>"),
    };

    private static string Link(long id) => "/rollouts/" + id.ToString(CultureInfo.InvariantCulture);
}
