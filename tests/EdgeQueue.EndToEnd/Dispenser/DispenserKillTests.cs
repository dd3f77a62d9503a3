using EdgeQueue.EndToEnd.Support;
using Outcome = EdgeQueue.Core.Queue.PrintOutcome;

namespace EdgeQueue.EndToEnd.Dispenser;

public sealed class DispenserKillTests
{
    [Fact]
    public Task Whenever_the_dispenser_is_killed_no_ticket_is_printed_twice_lost_or_made_up() => KillAsync(8, seed: 20260302);

    [Fact]
    [Trait("Length", "Long")]
    public Task Nor_is_one_when_it_is_killed_a_hundred_times() => KillAsync(100, seed: 100);

    private static async Task KillAsync(int kills, int seed)
    {
        var random = new Random(seed);
        await using var hall = await Hall.OpenAsync("label");
        for (var kill = 0; kill < kills; kill++)
        {
            await Eventually.Is(() => hall.Node.Log.Split(">1115 ").Length == kill + 2, "the buttons are read");
            hall.Hub.Gone = random.Next(3) == 0;
            hall.Hub.Mute = random.Next(4) == 0;
            for (var button = 0; button < Hall.Buttons; button++)
            {
                hall.Press(button);
                await Task.Delay(random.Next(0, 120), TestContext.Current.CancellationToken);
            }

            // Half of the kills come while tickets are on their way, the others whenever.
            await Task.Delay(random.Next(0, kill % 2 == 0 ? 200 : 1500), TestContext.Current.CancellationToken);
            hall.Node.Kill();
            hall.Node.StartAgain();
        }

        (hall.Hub.Gone, hall.Hub.Mute) = (false, false);
        await Eventually.Is(() => Settled(hall), "everything is told", 90);
        // Of a ticket from the dispenser's own numbers the hub knows nothing before it joins, which may be long after its paper.
        var printedSoFar = Papers(hall);
        await Eventually.Is(() => !printedSoFar.Except(hall.Hub.Visits.Select(v => v.Label)).Any(), "the visit of every paper has joined the queue", 90);
        await Eventually.Is(() => Settled(hall), "everything is told of those too", 90);

        var visits = hall.Hub.Visits;
        var papers = Papers(hall);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"seed {seed}: {kills} kills, {visits.Count} visits, {papers.Count} papers, {hall.Hub.Joins.Count} joined, "
            + $"{visits.Count(v => v.Reports.Any(r => r.Outcome == Outcome.Uncertain))} uncertain, "
            + $"{visits.Count(v => v.Reports.Any(r => r.Outcome == Outcome.Failed))} failed");

        Assert.DoesNotContain(null, papers);
        Assert.Equal(papers.Distinct(), papers);
        Assert.Empty(papers.Except(visits.Select(v => v.Label)));
        Assert.Equal(hall.Hub.Joins.Select(j => j.Number).Distinct(), hall.Hub.Joins.Select(j => j.Number));
        Assert.Equal(hall.Hub.Joins.Select(j => j.TakenAt).Order(), hall.Hub.Joins.Select(j => j.TakenAt));
        foreach (var visit in visits)
        {
            var printed = papers.Contains(visit.Label);
            var outcomes = visit.Reports.Select(r => r.Outcome).Distinct().ToList();
            var joined = hall.Hub.Joins.Any(j => $"A{j.Number:D3}" == visit.Label);
            Assert.True(outcomes.Count <= 1, $"{visit.Label} was reported as {string.Join(" and ", outcomes)}");
            Assert.True(outcomes.Count == 1 || joined, $"nobody said what became of {visit.Label}");
            Assert.True(printed || outcomes is [Outcome.Uncertain or Outcome.Failed], $"{visit.Label} is said to be printed and is not");
            Assert.True(!printed || outcomes is not [Outcome.Failed], $"{visit.Label} is said to have failed and is printed");
        }
    }

    private static IReadOnlyList<string?> Papers(Hall hall) =>
        hall.Labels(Enumerable.Range(1, hall.Hub.Visits.Count + 1).Concat(Enumerable.Range(800, 200)).Select(n => $"A{n:D3}"));

    // A visit that was issued for a press that nobody remembers would hang here: there must be none.
    private static bool Settled(Hall hall) =>
        hall.Hub.Visits.All(v => v.Reports.Count > 0 || hall.Hub.Joins.Any(j => $"A{j.Number:D3}" == v.Label))
        && hall.Hub.Status is { Online: true } && hall.Node.Log.Contains(">1001 ", StringComparison.Ordinal);
}
