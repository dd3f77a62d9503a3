using System.Globalization;
using EdgeQueue.Tests.Contracts;
using EdgeQueue.Tool.Play;

namespace EdgeQueue.Tests.Play;

/// <summary>What a played day is told to have been like, also one that was stopped in the middle.</summary>
public sealed class PlayTableTests
{
    [Fact]
    public void Whoever_arrived_is_in_one_column()
    {
        var branch = ExampleBranchTests.Example();
        var service = branch.Configuration.Services[0].Id;
        var customers = Enum.GetValues<CustomerState>()
            .Select(state => new PlayedCustomer(new RecordedArrival(default, service, null, TimeSpan.FromMinutes(1), null)) { State = state }).ToList();

        foreach (var line in PlayTable.Lines(branch, customers).Skip(2))
        {
            int[] figures = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(5).Select(f => int.Parse(f, CultureInfo.InvariantCulture))];
            // Arrived; served, left, no ticket; at the dispenser, waiting and served when it ended.
            Assert.Equal([6, 1, 1, 1, 3], figures);
        }
    }
}
