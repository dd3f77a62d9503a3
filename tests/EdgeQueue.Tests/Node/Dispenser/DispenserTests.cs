namespace EdgeQueue.Tests.Node.Dispenser;

/// <summary>What the tests of the dispenser share: a branch, its hub's side, and the paper that came out.</summary>
public abstract class DispenserTests : IDisposable
{
    private protected Branch Dispenser { get; } = new();

    private protected FakeHub Hub => Dispenser.Hub;

    private protected List<string> Printed => Dispenser.Printer.Paper;

    public virtual void Dispose()
    {
        Dispenser.Dispose();
        GC.SuppressFinalize(this);
    }
}
