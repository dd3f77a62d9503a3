using System.Buffers.Binary;
using System.Text;
using EdgeQueue.Cloud.Ingest;

namespace EdgeQueue.Cloud.Reports.Days;

/// <summary>
/// A branch's day as bytes: what was counted in each quarter of an hour, and of each service. Services are added up over a stretch without a quiet hour in it: a report's
/// local midnight nearly always falls between two stretches, so that one packing serves every time zone. Pure.
/// </summary>
internal static class PackedDay
{
    /// <summary>Quarters of an hour in a day of UTC.</summary>
    public const int Quarters = 96;

    private const byte Form = 1;

    /// <summary>So many quarters without anything end a stretch.</summary>
    private const int QuietHour = 4;

    /// <param name="rows">Of the table <c>quarter</c>, of one branch and this day, in any order.</param>
    public static byte[] Write(long day, IEnumerable<(long Quarter, string Service, long[] Row)> rows)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Form);
        List<IGrouping<long, (long Quarter, string Service, long[] Row)>> quarters = [.. rows.GroupBy(r => r.Quarter - (day * Quarters)).OrderBy(q => q.Key)];
        for (int first = 0, next; first < quarters.Count; first = next)
        {
            next = first + 1;
            while (next < quarters.Count && quarters[next].Key - quarters[next - 1].Key <= QuietHour)
            {
                next++;
            }

            Write(writer, quarters[first..next]);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Adds the stretches that lie within a range.</summary>
    /// <param name="first">First quarter of the range, since 1970.</param>
    /// <param name="end">The first one after it.</param>
    /// <returns>False: a stretch lies in it and beyond it, too, and nothing was added; the rows themselves have to be read.</returns>
    public static bool Add(byte[] bytes, long day, long first, long end, IPackedTaker to)
    {
        long begin = day * Quarters;
        bool whole = begin >= first && begin + Quarters <= end;
        return (whole || Walk(bytes, begin, first, end, null)) && Walk(bytes, begin, first, end, to);
    }

    private static void Write(BinaryWriter writer, List<IGrouping<long, (long Quarter, string Service, long[] Row)>> stretch)
    {
        writer.Write((byte)stretch[0].Key);
        writer.Write((byte)stretch[^1].Key);
        writer.Write((byte)stretch.Count);
        foreach (IGrouping<long, (long, string, long[] Row)> quarter in stretch)
        {
            writer.Write((byte)quarter.Key);
            Write(writer, Sum(quarter.Select(r => r.Row)));
        }

        List<IGrouping<string, (long, string Service, long[] Row)>> services = [.. stretch.SelectMany(q => q).GroupBy(r => r.Service, StringComparer.Ordinal).OrderBy(s => s.Key, StringComparer.Ordinal)];
        writer.Write7BitEncodedInt(services.Count);
        foreach (IGrouping<string, (long, string, long[] Row)> service in services)
        {
            writer.Write(service.Key);
            Write(writer, Sum(service.Select(r => r.Row)));
        }
    }

    /// <summary>Which measures are not nothing, a bit each, and those; what was taken back may be less than nothing.</summary>
    private static void Write(BinaryWriter writer, long[] row)
    {
        ulong some = 0;
        for (int i = 0; i < row.Length; i++)
        {
            some |= row[i] == 0 ? 0 : 1UL << i;
        }

        writer.Write(some);
        foreach (long value in row.Where(v => v != 0))
        {
            writer.Write7BitEncodedInt64((value << 1) ^ (value >> 63));
        }
    }

    private static long[] Sum(IEnumerable<long[]> rows)
    {
        long[] sum = new long[Measure.Count];
        foreach (long[] row in rows)
        {
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += row[i];
            }
        }

        return sum;
    }

    private static bool Walk(byte[] bytes, long begin, long first, long end, IPackedTaker? to)
    {
        if (bytes[0] != Form)
        {
            throw new InvalidDataException("A packed day was written by a newer release of the cloud.");
        }

        int at = 1;
        long[] row = new long[Measure.Count];
        while (at < bytes.Length)
        {
            long from = begin + bytes[at];
            long last = begin + bytes[at + 1];
            bool inside = from >= first && last < end;
            if (!inside && from < end && last >= first)
            {
                return false;
            }

            int quarters = bytes[at + 2];
            at += 3;
            for (int i = 0; i < quarters; i++)
            {
                long quarter = begin + bytes[at++];
                Read(bytes, ref at, row);
                if (inside)
                {
                    to?.Quarter(quarter, row);
                }
            }

            for (ulong services = Number(bytes, ref at); services > 0; services--)
            {
                int length = (int)Number(bytes, ref at);
                string service = inside && to is not null ? Encoding.UTF8.GetString(bytes, at, length) : "";
                at += length;
                Read(bytes, ref at, row);
                if (inside)
                {
                    to?.Service(service, row);
                }
            }
        }

        return true;
    }

    private static void Read(byte[] bytes, ref int at, long[] row)
    {
        Array.Clear(row);
        ulong some = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
        at += sizeof(ulong);
        for (; some != 0; some &= some - 1)
        {
            ulong value = Number(bytes, ref at);
            row[System.Numerics.BitOperations.TrailingZeroCount(some)] = (long)(value >> 1) ^ -(long)(value & 1);
        }
    }

    private static ulong Number(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = bytes[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}

/// <summary>Takes what a packed day has; the row is the caller's again when it returns.</summary>
internal interface IPackedTaker
{
    void Quarter(long quarter, long[] row);

    void Service(string service, long[] row);
}
