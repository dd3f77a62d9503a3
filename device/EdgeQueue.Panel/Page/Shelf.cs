namespace EdgeQueue.Panel.Page;

/// <summary>The last things that came out of a device, to be fetched by number; older ones are dropped.</summary>
internal sealed class Shelf(int places)
{
    private readonly Lock gate = new();
    private readonly LinkedList<(int Number, byte[] Content)> things = [];
    private int last;

    public int Put(byte[] content)
    {
        lock (gate)
        {
            things.AddFirst((++last, content));
            if (things.Count > places)
            {
                things.RemoveLast();
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

    /// <summary>Newest first.</summary>
    public IReadOnlyList<int> Numbers()
    {
        lock (gate)
        {
            return [.. things.Select(t => t.Number)];
        }
    }
}
