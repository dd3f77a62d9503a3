using System.Collections.Concurrent;
using System.Text;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Cloud.Live;

/// <summary>
/// The whole live message of a branch, read once for all who ask while it is the latest: for a branch's page, and for people's phones
/// (their place, and the minutes until they are called).
/// </summary>
public sealed class LiveDetails(LiveBoard board, LiveStore store)
{
    /// <summary>Messages that are kept; more branches than that are not looked at in the same minutes by one replica.</summary>
    private const int Most = 2_000;

    private readonly ConcurrentDictionary<long, (LiveRow Row, LiveMessage Live)> _kept = new();

    /// <returns>Null: the branch has not spoken yet.</returns>
    public async Task<(LiveRow Row, LiveMessage Live)?> OfAsync(string branch, CancellationToken cancellation)
    {
        if (board.Find(branch) is not { } row)
        {
            return null;
        }

        if (_kept.TryGetValue(row.Branch, out (LiveRow Row, LiveMessage Live) kept) && kept.Row.Beat == row.Beat && kept.Row.ReceivedAt == row.ReceivedAt)
        {
            return (row, kept.Live);
        }

        if (await store.MessageAsync(row.Branch, cancellation) is not { } text || !LinkJson.TryRead(Encoding.UTF8.GetBytes(text), out LiveMessage? live, out _))
        {
            return null;
        }

        if (_kept.Count >= Most)
        {
            _kept.Clear();
        }

        _kept[row.Branch] = (row, live);
        return (row, live);
    }
}
