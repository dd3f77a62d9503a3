using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Updates;

/// <summary>Which versions run where.</summary>
internal sealed class VersionPages(DeviceVersions versions)
{
    private const int MostPlaces = 100;

    public async Task<Page> AllAsync(SignedIn who, CancellationToken cancellation)
    {
        IReadOnlyList<VersionCount> counts = await versions.CountsAsync(who.Sees, cancellation);
        return new Page("Versions", Html.Of($"""
            <h1>Which versions run where</h1>
            {Html.When((who.Role & (Roles.HeadOffice | Roles.Auditor)) != 0, $"<p class=\"small\"><a href=\"/rollouts\">Roll-outs</a></p>")}
            {(counts.Count == 0 ? Html.Of($"<section class=\"card empty\"><h2>No branch has told its versions yet</h2><p class=\"quiet\">Hubs tell them by themselves, from the release on that knows of this.</p></section>") : Html.Of($"""
            <section class="card"><div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table>
            <thead><tr><th scope="col">Device<th scope="col">Program<th scope="col">System image<th scope="col" class="n">Devices<th scope="col" class="n">Branches</tr></thead>
            <tbody>{counts.Select(c => Html.Of($"""
                <tr><td>{c.Role}<td>{Version(c.Program)}<td>{Version(c.Image)}<td class="n"><a href="{Link(c)}">{c.Devices}</a><td class="n">{c.Branches}</tr>
                """))}</tbody></table></div>
            <p class="quiet small">As the branches told it last; a device that has not been heard since its hub's start has no version.</p></section>
            """))}
            """), Place: "/versions");
    }

    public async Task<Page> PlacesAsync(string? role, string? program, string? image, SignedIn who, CancellationToken cancellation)
    {
        IReadOnlyList<VersionPlace> places = await versions.PlacesAsync(role ?? "", program ?? "", image ?? "", who.Sees, MostPlaces + 1, cancellation);
        return new Page("Versions", Html.Of($"""
            <p class="small"><a href="/versions">← All versions</a></p>
            <h1>{role}: program {Version(program ?? "")}, image {Version(image ?? "")}</h1>
            {(places.Count == 0 ? Html.Of($"<section class=\"card empty\"><h2>Nowhere</h2><p class=\"quiet\">No branch of yours has such a device now.</p></section>") : Html.Of($"""
            <section class="card"><table><thead><tr><th scope="col">Branch<th scope="col" class="n">Devices</tr></thead>
            <tbody>{places.Take(MostPlaces).Select(p => Html.Of($"<tr><td><a href=\"/network/{p.Name}\">{p.Title}</a> <span class=\"quiet small\">{p.Region}</span><td class=\"n\">{p.Devices}</tr>"))}</tbody></table>
            {Html.When(places.Count > MostPlaces, $"<p class=\"quiet small\">The first {MostPlaces} by name.</p>")}</section>
            """))}
            """), Place: "/versions");
    }

    private static Html Version(string version) => version.Length == 0 ? Html.Of($"<span class=\"quiet\">not told</span>") : Html.Of($"{version}");

    private static string Link(VersionCount count) =>
        $"/versions/where?role={Uri.EscapeDataString(count.Role)}&program={Uri.EscapeDataString(count.Program)}&image={Uri.EscapeDataString(count.Image)}";
}
