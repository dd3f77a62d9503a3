using System.Globalization;
using System.Xml.Linq;
using EdgeQueue.Tool.Simulation.Scenarios;

namespace EdgeQueue.Tests.Simulation;

/// <summary>The picture of a what-if.</summary>
public sealed class ChartTests
{
    private readonly XDocument _picture = Picture();

    [Fact]
    public void It_says_what_the_bars_are_in_which_unit_and_which_colour_is_which_branch()
    {
        var texts = Texts().Select(t => t.Value).ToList();

        Assert.Contains("What <if>", texts);
        Assert.Contains("as it is", texts);
        Assert.Contains("counters=+1@10:30-12:30; busier=1.1", texts);
        Assert.Equal(["cash", "accounts", "loans", "business", "pickup", "premium", "all"], texts.Where(t => t is "all" || t.All(char.IsAsciiLetterLower)).Distinct());
        Assert.Equal(10, texts.Count(t => t.EndsWith(" min", StringComparison.Ordinal)));
        Assert.Equal(5, texts.Count(t => t.EndsWith(" %", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_is_written_over_anything_else()
    {
        // A letter is about seven wide and a line sixteen high.
        var boxes = Texts().Select(t => (t.Value, X: Number(t, "x") - Anchored(t), Y: Number(t, "y"), Wide: t.Value.Length * 7.0)).ToList();
        for (var i = 0; i < boxes.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.False(
                    Math.Abs(boxes[i].Y - boxes[j].Y) < 14 && boxes[i].X < boxes[j].X + boxes[j].Wide && boxes[j].X < boxes[i].X + boxes[i].Wide,
                    $"'{boxes[i].Value}' lies over '{boxes[j].Value}'");
            }
        }
    }

    [Fact]
    public void It_follows_the_readers_dark_setting()
    {
        Assert.Contains("prefers-color-scheme:dark", _picture.ToString(), StringComparison.Ordinal);

        // Ink and paper have no colour of their own in the drawing.
        Assert.DoesNotContain(_picture.Descendants(), e => e.Attribute("fill")?.Value is "white" or "black" or "#fff" or "#000");
    }

    private IEnumerable<XElement> Texts() => _picture.Descendants().Where(e => e.Name.LocalName == "text");

    private static double Number(XElement e, string name) => double.Parse(e.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static double Anchored(XElement text) => text.Attribute("text-anchor")?.Value switch
    {
        "middle" => text.Value.Length * 3.5,
        "end" => text.Value.Length * 7.0,
        _ => 0,
    };

    private static XDocument Picture()
    {
        var branch = OracleBranch.Load();
        var demand = OracleBranch.Demand(branch);
        List<Scenario> scenarios = [Scenario.AsConfigured(branch, demand)];
        foreach (var change in (string[])["rule=fifo", "rule=strict", "counters=+1@10:30-12:30; busier=1.1"])
        {
            scenarios.Add(ScenarioText.Change(scenarios[0], change, branch, demand.OpensMinute, out _)!);
        }

        var days = ScenarioRun.Run(scenarios, demand, 3, seed: 1, null, CancellationToken.None);
        return XDocument.Parse(ScenarioChart.Svg("What <if>", scenarios, days, [.. scenarios[0].Rules.Services.Keys]));
    }
}
