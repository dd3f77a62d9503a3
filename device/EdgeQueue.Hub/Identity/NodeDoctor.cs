using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Mqtt;
using Microsoft.Extensions.Logging;

namespace EdgeQueue.Hub.Identity;

/// <summary>
/// Asks a node's units how they are, for a technician at the hub. It waits a bounded time, and says of a unit that is silent what that may
/// mean. The broker says who answers: only a node itself may speak on its topic (branch.acl), and only to a question that was asked.
/// </summary>
internal sealed class NodeDoctor(IMqttConnection connection, BranchFile branch, ILogger log, TimeProvider time)
{
    /// <summary>A unit that knows the question says so at once.</summary>
    public static readonly TimeSpan FirstWord = TimeSpan.FromSeconds(5);

    /// <summary>From the first word to the findings; longer than a unit takes at most (30 s of looking and 20 s of trying).</summary>
    public static readonly TimeSpan Looking = TimeSpan.FromSeconds(60);

    /// <summary>Nodes that are asked at once, by all technicians together.</summary>
    public const int MostAtOnce = 4;

    private readonly ConcurrentDictionary<(UnitAddress Unit, string Id), Asked> _asked = [];
    private int _nodes;

    public async Task<DeskAnswer> DoAsync(DeskRequest request, CancellationToken cancellation)
    {
        if (branch.Read(out IReadOnlyList<string> faults) is not { } now)
        {
            return new DeskAnswer(false, faults);
        }

        if (now.Configuration.Nodes.FirstOrDefault(n => n.Name == request.Node) is not { } node)
        {
            return No($"There is no node '{request.Node}' in the branch's configuration. It has: {string.Join(", ", now.Configuration.Nodes.Select(n => n.Name))}.");
        }

        UnitConfiguration[] units = [.. node.Units.Where(u => request.Unit is null || u.Unit == request.Unit)];
        if (units.Length == 0)
        {
            return No($"'{node.Name}' has no unit '{request.Unit}'. It has: {string.Join(", ", node.Units.Select(u => u.Unit))}.");
        }

        if (Interlocked.Increment(ref _nodes) > MostAtOnce)
        {
            Interlocked.Decrement(ref _nodes);
            return No($"{MostAtOnce} nodes are being asked already. Try again in a minute.");
        }

        try
        {
            IdentityLog.DoctorAsks(log, node.Name, request.Try);
            ExaminedUnit[] examined = await Task.WhenAll(units.Select(u => AskAsync(now, new UnitAddress(node.Name, u.Unit), u, request.Try, cancellation)));
            return new DeskAnswer(true, [.. examined.SelectMany(Lines), Sum(examined)], examined);
        }
        finally
        {
            Interlocked.Decrement(ref _nodes);
        }
    }

    /// <summary>A message on a unit's findings; never waits.</summary>
    /// <returns>Null, or why it counts for nothing.</returns>
    public string? Take(UnitAddress unit, ReadOnlySpan<byte> payload)
    {
        if (!DoctorAnswer.TryRead(payload, out DoctorAnswer? answer, out string? fault))
        {
            return fault;
        }

        if (!_asked.TryGetValue((unit, answer.Id), out Asked? asked))
        {
            return "nobody asked, or it is too late";
        }

        asked.Began.TrySetResult();
        if (answer.Done)
        {
            asked.Ended.TrySetResult(answer);
        }

        return null;
    }

    private async Task<ExaminedUnit> AskAsync(LoadedBranch now, UnitAddress address, UnitConfiguration unit, bool tries, CancellationToken cancellation)
    {
        ExaminedUnit Silent(string sentence, string advice) => new(address.ToString(), unit.Role, [new Finding("answer", Health.Broken, sentence, advice)]);
        if (unit.Role == "console")
        {
            return new ExaminedUnit(address.ToString(), unit.Role, [Finding.Well("console", "nothing of it runs all day; on that computer: edgequeue doctor --config FILE")]);
        }

        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var asked = new Asked();
        _asked[(address, id)] = asked;
        try
        {
            IReadOnlyList<string>? languages = unit.Audio is { } audio && now.Configuration.Zones.FirstOrDefault(z => z.Id == audio.Zone) is { } zone
                ? [.. now.LanguagesOf(zone).Take(DoctorAsk.MostLanguages)] : null;
            PublishOutcome outcome = await connection.PublishAsync(new MqttPublication(
                now.Topics.DoctorAsk(address), ContractJson.Write(new DoctorAsk(1, id, tries, languages)), Expiry: DoctorAsk.Expiry));
            switch (outcome)
            {
                case PublishOutcome.NobodySubscribed:
                    return Silent("nobody listens there: it is switched off or not connected, or its version is from before this question was known", "Look at its power and its network cable; 'edgequeue status' says whether it is there and its version.");
                case PublishOutcome.Accepted:
                    break;
                default:
                    return Silent($"it could not be asked ({outcome})", "Is the branch's broker running? The registrar's log says why: journalctl -u edgequeue-registrar");
            }

            try
            {
                await asked.Began.Task.WaitAsync(FirstWord, time, cancellation);
            }
            catch (TimeoutException)
            {
                return Silent(
                    string.Create(CultureInfo.InvariantCulture, $"it did not answer within {FirstWord.TotalSeconds:0} s"),
                    "Its process hangs or its line is cut: wait half a minute for its watchdog, then look at its power and its network cable.");
            }

            try
            {
                return Examined(await asked.Ended.Task.WaitAsync(Looking, time, cancellation));
            }
            catch (TimeoutException)
            {
                return Silent(
                    string.Create(CultureInfo.InvariantCulture, $"it began to look and did not end within {Looking.TotalSeconds:0} s"),
                    "It was cut off meanwhile, or its machine is overloaded: ask again.");
            }
        }
        finally
        {
            _asked.TryRemove((address, id), out _);
        }

        ExaminedUnit Examined(DoctorAnswer answer) => answer switch
        {
            { Refusal: { } refusal } => new(address.ToString(), unit.Role, [new Finding("doctor", Health.Soon, refusal.Sentence).Bounded()]),
            { More: > 0 and var more } => new(address.ToString(), unit.Role,
                [.. answer.Findings, new Finding("doctor", Health.Soon, string.Create(CultureInfo.InvariantCulture, $"{more} more findings did not fit"), "On the device: edgequeue doctor --config FILE")]),
            _ => new(address.ToString(), unit.Role, answer.Findings),
        };
    }

    private static IEnumerable<string> Lines(ExaminedUnit unit) =>
        [$"{unit.Unit}, {unit.Role}", .. unit.Findings.Select(f => f.ToString())];

    private static string Sum(IEnumerable<ExaminedUnit> units) =>
        units.Sum(u => u.Findings.Count(f => f.Health == Health.Broken)) is > 0 and var broken
            ? string.Create(CultureInfo.InvariantCulture, $"{broken} broken.")
            : "All is well.";

    private static DeskAnswer No(string line) => new(false, [line]);

    private sealed class Asked
    {
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<DoctorAnswer> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
