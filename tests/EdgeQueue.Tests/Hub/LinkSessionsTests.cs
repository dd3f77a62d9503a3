using EdgeQueue.Hub.Link;
using EdgeQueue.Tests.Node;

namespace EdgeQueue.Tests.Hub;

/// <summary>The link to the cloud is the part that the branch can do without.</summary>
public sealed class LinkSessionsTests
{
    private readonly FakeTime time = new();
    private readonly List<(string Reason, Exception? Broke)> ended = [];
    private readonly List<TimeSpan> pauses = [];

    [Fact]
    public void An_exception_that_nobody_foresaw_ends_a_session_and_the_next_one_is_tried()
    {
        var bug = new InvalidOperationException("not foreseen");
        Run(3, _ => throw bug);

        Assert.Equal([("not foreseen", bug), ("not foreseen", bug)], ended);
    }

    [Fact]
    public void Pauses_double_up_to_a_minute_with_chance_in_them()
    {
        Run(20, session => session % 2 == 0 ? throw new InvalidDataException("bad") : ("the network", false));

        Assert.All(pauses.Index(), p => Assert.InRange(
            p.Item.TotalSeconds, Math.Min(60, Math.Pow(2, p.Index)) / 2, Math.Min(60, Math.Pow(2, p.Index))));
    }

    [Fact]
    public void After_a_session_that_stood_half_a_minute_the_pauses_begin_anew()
    {
        Run(10, session =>
        {
            time.Advance(TimeSpan.FromSeconds(31));
            return ("the broker went", session == 8);
        });

        Assert.InRange(pauses[7].TotalSeconds, 30, 60);
        Assert.InRange(pauses[8].TotalSeconds, 0.25, 0.5);
    }

    private void Run(int times, Func<int, (string, bool)> session)
    {
        var begun = 0;
        new LinkSessions(time, () => session(begun++), (reason, broke) => ended.Add((reason, broke)), pauses.Add).Run(() => begun >= times);
    }
}
