using System.Globalization;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Api.Hooks;

/// <summary>How the web hooks of all programs stand, below the keys.</summary>
internal static class HookTable
{
    public static Html Of(IReadOnlyList<HookItem> hooks) => Html.When(hooks.Count > 0, $"""
        <section class="card"><h2>Web hooks of programs</h2><div class="scroll" tabindex="0" role="region" aria-label="Web hooks"><table>
        <thead><tr><th scope="col">To<th scope="col" class="wide">Kinds<th scope="col" class="n">Told<th scope="col" class="n">Waiting<th scope="col" class="n">Given up<th scope="col" class="n">Lost<th scope="col">State</tr></thead><tbody>
        {hooks.Select(h => Html.Of($"""<tr><td class="small">{h.Url}<td class="small wide">{string.Join(' ', h.Kinds)}<td class="n">{h.Told}<td class="n">{h.Waiting}<td class="n">{h.GivenUp}<td class="n">{h.Lost}<td class="small">{State(h)}</tr>"""))}
        </tbody></table></div></section>
        """);

    private static Html State(HookItem hook) =>
        hook.Disabled is not null ? Html.Of($"<span class=\"pill off\">switched off</span> {hook.Disabled}")
        : hook.FailingSince is { } since ? Html.Of($"<span class=\"pill bad\">failing</span> since {since.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}: {hook.Fault}")
        : Html.Of($"<span class=\"pill\">well</span>");
}
