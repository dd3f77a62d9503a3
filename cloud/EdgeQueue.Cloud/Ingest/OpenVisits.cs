using System.Text;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>
/// The visits of one journal that are not over, in the same row as its watermark: read, changed and written with it, so that no further
/// table is touched for the thousands of events that say only a visit's number. Its form is this file's own.
/// </summary>
public sealed class OpenVisits
{
    private const byte Form = 2;

    /// <summary>Without the waits and services of those who come back to a counter; still read.</summary>
    private const byte FormBefore = 1;

    /// <summary>Beyond it the oldest are forgotten (law 10: that is counted): what they do later is stored, and counted without durations.</summary>
    private const int Most = 20_000;

    /// <summary>What ended within this time stays whatever it was.</summary>
    private const long KeptAfterEndMs = 30 * 60_000;

    /// <summary>Of each counter so many that ended last, until the day closes: an operator may take back the last release, and the one before it.</summary>
    private const int KeptOfCounter = 2;

    private readonly Dictionary<long, OpenVisit> _visits = [];

    /// <summary>Wall clock minus branch time, in milliseconds.</summary>
    public long ClockOffsetMs { get; set; }

    public int Count => _visits.Count;

    public long Forgotten { get; private set; }

    public OpenVisit? Find(long visit) => _visits.GetValueOrDefault(visit);

    public OpenVisit Begin(long visit)
    {
        if (_visits.Count >= Most)
        {
            _visits.Remove(_visits.Keys.Min());
            Forgotten++;
        }

        return _visits[visit] = new OpenVisit();
    }

    /// <summary>A business day was closed: nobody takes anything back that was over.</summary>
    public void CloseDay()
    {
        foreach (long over in _visits.Where(v => v.Value.EndedAt > 0).Select(v => v.Key).ToList())
        {
            _visits.Remove(over);
        }
    }

    public static OpenVisits Read(byte[] bytes)
    {
        var open = new OpenVisits();
        if (bytes.Length == 0)
        {
            return open;
        }

        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        byte form = reader.ReadByte();
        if (form is not (Form or FormBefore))
        {
            throw new InvalidDataException("The open visits of a journal were written by a newer release of the cloud.");
        }

        open.ClockOffsetMs = reader.Read7BitEncodedInt64();
        string[] names = new string[reader.Read7BitEncodedInt()];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = reader.ReadString();
        }

        int count = reader.Read7BitEncodedInt();
        for (int i = 0; i < count; i++)
        {
            OpenVisit visit = open._visits[reader.Read7BitEncodedInt64()] = new OpenVisit
            {
                Service = names[reader.Read7BitEncodedInt()], Counter = names[reader.Read7BitEncodedInt()],
                TargetMs = reader.Read7BitEncodedInt64(), CalledAt = reader.Read7BitEncodedInt64(), ArrivedAt = reader.Read7BitEncodedInt64(),
                WaitCounted = reader.ReadBoolean(), EndedAt = reader.Read7BitEncodedInt64(), Counted = (CountedAs)reader.ReadByte(),
                CountedQuarter = reader.Read7BitEncodedInt64(), CountedMs = reader.Read7BitEncodedInt64(), CountedService = names[reader.Read7BitEncodedInt()],
            };
            if (form == Form)
            {
                (visit.WaitsSince, visit.LeftAt, visit.ServedMs) = (reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
            }
        }

        return open;
    }

    /// <param name="now">Branch time of the last event: what ended long before is let go.</param>
    public byte[] Write(long now)
    {
        foreach (long old in _visits.Where(v => v.Value.EndedAt > 0).GroupBy(v => v.Value.Counter)
            .SelectMany(at => at.OrderByDescending(v => v.Value.EndedAt).ThenByDescending(v => v.Key).Skip(KeptOfCounter)).Where(v => now - v.Value.EndedAt > KeptAfterEndMs).Select(v => v.Key).ToList())
        {
            _visits.Remove(old);
        }

        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        var names = new List<string>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        int Place(string name)
        {
            if (!places.TryGetValue(name, out int place))
            {
                places[name] = place = names.Count;
                names.Add(name);
            }

            return place;
        }

        (long Visit, OpenVisit Of, int Service, int Counter, int Counted)[] rows =
            [.. _visits.Select(v => (v.Key, v.Value, Place(v.Value.Service), Place(v.Value.Counter), Place(v.Value.CountedService)))];
        writer.Write(Form);
        writer.Write7BitEncodedInt64(ClockOffsetMs);
        writer.Write7BitEncodedInt(names.Count);
        names.ForEach(writer.Write);
        writer.Write7BitEncodedInt(rows.Length);
        foreach ((long visit, OpenVisit of, int service, int counter, int counted) in rows)
        {
            writer.Write7BitEncodedInt64(visit);
            writer.Write7BitEncodedInt(service);
            writer.Write7BitEncodedInt(counter);
            writer.Write7BitEncodedInt64(of.TargetMs);
            writer.Write7BitEncodedInt64(of.CalledAt);
            writer.Write7BitEncodedInt64(of.ArrivedAt);
            writer.Write(of.WaitCounted);
            writer.Write7BitEncodedInt64(of.EndedAt);
            writer.Write((byte)of.Counted);
            writer.Write7BitEncodedInt64(of.CountedQuarter);
            writer.Write7BitEncodedInt64(of.CountedMs);
            writer.Write7BitEncodedInt(counted);
            writer.Write7BitEncodedInt64(of.WaitsSince);
            writer.Write7BitEncodedInt64(of.LeftAt);
            writer.Write7BitEncodedInt64(of.ServedMs);
        }

        writer.Flush();
        return stream.ToArray();
    }
}
