using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>Looks on while a branch is rolled forward.</summary>
public abstract class RollWatch
{
    /// <summary>The state has changed by these.</summary>
    public virtual void Happened(IReadOnlyList<Event> events)
    {
    }

    /// <summary>A counter called somebody.</summary>
    /// <param name="present">False: nobody will come.</param>
    public virtual void Called(Customer customer, string counter, long at, bool present)
    {
    }

    /// <summary>It is known what became of somebody.</summary>
    public virtual void Ended(Customer customer)
    {
    }
}
