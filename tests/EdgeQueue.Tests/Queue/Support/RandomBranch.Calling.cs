using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

internal sealed partial class RandomBranch
{
    private static readonly string[] Attributes = ["arabic", "woman", "nosuch"];

    // Half of the branches know nothing of all this.
    private static CallingSettings? CallingOf(int seed)
    {
        var random = new Random(seed);
        return seed % 2 == 0
            ? null
            : new(
                new Dictionary<string, ProfileSettings>
                {
                    ["all"] = new(
                        random.Next(2) == 0 ? random.Next(1, 5) : null, new(random.Next(30, 70), random.Next(1, 4), random.Next(1, 3)),
                        random.Next(2) == 0 ? [new("loans", random.Next(2) == 0 ? 600_000 : null)] : null,
                        random.Next(3) > 0, random.Next(3) > 0, random.Next(3) > 0, random.Next(3) > 0),
                },
                new Dictionary<string, OperatorSettings>
                {
                    ["anna"] = new(
                        random.Next(2) == 0 ? new Dictionary<string, Skill> { ["cash"] = Skill.Primary, ["pickup"] = Skill.Secondary } : null,
                        ["arabic", "woman"]),
                    ["boris"] = new(null, ["arabic"], ChooseService: random.Next(2) == 0),
                },
                random.Next(2) == 0 ? ["cash", "loans"] : null, ["arabic", "woman"], random.Next(2) == 0 ? 300_000 : null);
    }

    private IssueTicket Wishing(IssueTicket ticket) => _random.Next(5) switch
    {
        0 => ticket with { Wants = [Pick(Attributes)] },
        1 => ticket with { Wants = _random.Next(2) == 0 ? ["woman", "arabic"] : null, Operator = Pick(Operators) },
        _ => ticket,
    };
}
