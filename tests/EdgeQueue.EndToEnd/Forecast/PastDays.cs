using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Simulation.Demand;
using EdgeQueue.Tool.Simulation.Scenarios;
using Microsoft.Data.Sqlite;

namespace EdgeQueue.EndToEnd.Forecast;

/// <summary>Writes simulated days into the empty journal of a hub that does not run: a branch with a past.</summary>
internal sealed class PastDays : RollWatch
{
    private readonly List<Event> _events = [];

    /// <returns>How many events.</returns>
    public static int Write(string journal, string configuration, int days)
    {
        Assert.True(BranchConfigurationLoader.TryLoad(Encoding.UTF8.GetBytes(configuration), _ => true, out var branch, out var faults), string.Join('\n', faults));
        var past = new PastDays();
        var demand = DemandReader.Usual(branch!);
        var simulated = new DaysInARow(Scenario.AsConfigured(branch!, demand), demand, seed: 1, past);
        for (var day = 0; day < days; day++)
        {
            simulated.RunDay();
        }

        past.Save(journal);
        return past._events.Count;
    }

    public override void Happened(IReadOnlyList<Event> events) => _events.AddRange(events);

    private void Save(string journal)
    {
        using var connection = new SqliteConnection($"Data Source={journal};Pooling=False");
        connection.Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "insert into journal(seq, at, type, data) values($seq, $at, $type, $data)";
        for (var i = 0; i < _events.Count; i++)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$seq", i + 1);
            insert.Parameters.AddWithValue("$at", _events[i].At.Milliseconds);
            insert.Parameters.AddWithValue("$type", EventJson.TypeOf(_events[i]));
            insert.Parameters.AddWithValue("$data", Encoding.UTF8.GetString(EventJson.Write(_events[i])));
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
