using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Panel.Page;

/// <summary>The last things that came out of each device, to be fetched by number; older ones of the same device are dropped.</summary>
internal sealed class Shelf(int places)
{
    private readonly Lock gate = new();
    private readonly LinkedList<(int Number, UnitAddress From, byte[] Content)> things = [];
    private int last;

    public int Put(UnitAddress from, byte[] content)
    {
        lock (gate)
        {
            things.AddFirst((++last, from, content));
            if (things.Count(t => t.From == from) > places)
            {
                things.Remove(things.Last(t => t.From == from));
            }

            return last;
        }
    }

    public byte[]? Find(int number)
    {
        lock (gate)
        {
            return things.FirstOrDefault(t => t.Number == number).Content;
        }
    }
}
