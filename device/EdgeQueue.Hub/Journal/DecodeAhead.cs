using System.Buffers;
using System.Text.Json;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Journal;

/// <summary>
/// Turns rows into events and applies them, in order, on other cores while the caller reads on: a start with a million events
/// takes as long as the slowest of the three and not as their sum.
/// </summary>
/// <param name="apply">Called for one event after another with its number, on any thread; never two at a time.</param>
internal sealed class DecodeAhead(Action<long, Event> apply)
{
    // As many as stay in a core's own cache on their way from one thread to the next.
    private const int RowsInChunk = 1024;
    // Enough that no core ever waits for the caller to read: with as many as cores a replay takes a tenth to a quarter longer.
    private const int MostAhead = 16;

    private readonly Queue<Task> _ahead = new();
    private Task _applied = Task.CompletedTask;
    private Chunk _filling = new();

    public void Add(long seq, ReadOnlySpan<char> type, ReadOnlySpan<byte> data)
    {
        _filling.Add(seq, type, data);
        if (_filling.Count < RowsInChunk)
        {
            return;
        }

        Hand(_filling);
        _filling = new Chunk();
    }

    /// <summary>All that was added is applied.</summary>
    /// <exception cref="JournalException">An event cannot be read, or <c>apply</c> said so.</exception>
    public void Finish()
    {
        Hand(_filling);
        _applied.GetAwaiter().GetResult();
    }

    private void Hand(Chunk full)
    {
        if (_ahead.Count == MostAhead)
        {
            _ahead.Dequeue().GetAwaiter().GetResult();
        }

        _applied = ApplyAsync(_applied, Task.Run(full.Decode));
        _ahead.Enqueue(_applied);
    }

    private async Task ApplyAsync(Task before, Task<(long Seq, Event Event)[]> decoded)
    {
        await before;
        foreach ((long seq, Event happened) in await decoded)
        {
            apply(seq, happened);
        }
    }

    private sealed class Chunk
    {
        private readonly List<(long Seq, string Type, int End)> _rows = new(RowsInChunk);
        // Lent: so large an array that is made anew for each chunk has the collector look through all that lives, each time.
        private byte[] _data = ArrayPool<byte>.Shared.Rent(256 * 1024);
        private int _length;

        public int Count => _rows.Count;

        public void Add(long seq, ReadOnlySpan<char> type, ReadOnlySpan<byte> data)
        {
            if (_length + data.Length > _data.Length)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_data.Length * 2, _length + data.Length));
                _data.AsSpan(0, _length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_data);
                _data = larger;
            }

            data.CopyTo(_data.AsSpan(_length));
            _length += data.Length;
            _rows.Add((seq, EventJson.NameOf(type) ?? type.ToString(), _length));
        }

        public (long Seq, Event Event)[] Decode()
        {
            var events = new (long, Event)[_rows.Count];
            int start = 0;
            for (int i = 0; i < events.Length; i++)
            {
                (long seq, string type, int end) = _rows[i];
                try
                {
                    events[i] = (seq, ReplayJson.Read(type, _data.AsSpan(start, end - start)));
                }
                catch (JsonException e)
                {
                    throw new JournalException(
                        $"Event {seq} ({type}) cannot be read: {e.Message} If a newer release wrote it, install that one again; otherwise 'edgequeue journal repair'.", e);
                }

                start = end;
            }

            ArrayPool<byte>.Shared.Return(_data);
            _data = [];
            return events;
        }
    }
}
