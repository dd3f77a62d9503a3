using System.Text.Json;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Journal;

/// <summary>
/// Turns rows into events on other cores while the caller reads on and applies them in order: a start with a million events
/// takes as long as the slowest of the three and not as their sum.
/// </summary>
internal sealed class DecodeAhead(Action<Event> apply)
{
    private const int RowsInChunk = 4096;
    private static readonly int MostAhead = Math.Clamp(Environment.ProcessorCount, 1, 4);

    private readonly Queue<Task<Event[]>> _ahead = new();
    private Chunk _filling = new();

    public void Add(long seq, ReadOnlySpan<char> type, ReadOnlySpan<byte> data)
    {
        _filling.Add(seq, type, data);
        if (_filling.Count < RowsInChunk)
        {
            return;
        }

        if (_ahead.Count == MostAhead)
        {
            ApplyOldest();
        }

        Chunk full = _filling;
        _filling = new Chunk();
        _ahead.Enqueue(Task.Run(full.Decode));
    }

    /// <summary>All that was added is applied.</summary>
    /// <exception cref="JournalException">An event cannot be read.</exception>
    public void Finish()
    {
        while (_ahead.Count > 0)
        {
            ApplyOldest();
        }

        foreach (Event happened in _filling.Decode())
        {
            apply(happened);
        }
    }

    private void ApplyOldest()
    {
        foreach (Event happened in _ahead.Dequeue().GetAwaiter().GetResult())
        {
            apply(happened);
        }
    }

    private sealed class Chunk
    {
        private readonly List<(long Seq, string Type, int End)> _rows = new(RowsInChunk);
        private byte[] _data = new byte[256 * 1024];
        private int _length;

        public int Count => _rows.Count;

        public void Add(long seq, ReadOnlySpan<char> type, ReadOnlySpan<byte> data)
        {
            if (_length + data.Length > _data.Length)
            {
                Array.Resize(ref _data, Math.Max(_data.Length * 2, _length + data.Length));
            }

            data.CopyTo(_data.AsSpan(_length));
            _length += data.Length;
            _rows.Add((seq, EventJson.NameOf(type) ?? type.ToString(), _length));
        }

        public Event[] Decode()
        {
            var events = new Event[_rows.Count];
            int start = 0;
            for (int i = 0; i < events.Length; i++)
            {
                (long seq, string type, int end) = _rows[i];
                try
                {
                    events[i] = ReplayJson.Read(type, _data.AsSpan(start, end - start));
                }
                catch (JsonException e)
                {
                    throw new JournalException(
                        $"Event {seq} ({type}) cannot be read: {e.Message} If a newer release wrote it, install that one again; otherwise 'edgequeue journal repair'.", e);
                }

                start = end;
            }

            return events;
        }
    }
}
