using System.Text.Json;
using EdgeQueue.Tool.Simulation.Models;

namespace EdgeQueue.Tests.Simulation;

/// <summary>The cases of <c>closed_form.json</c>, as models and as figures by the names of <see cref="ModelFigures"/>.</summary>
internal static class OracleModels
{
    public static IReadOnlyList<(QueueModel Model, IReadOnlyDictionary<string, double> Expected)> Cases()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(OracleFiles.Path("closed_form.json")));
        return [.. file.RootElement.GetProperty("cases").EnumerateArray().Select(c => Case(
            c.GetProperty("model").GetString()!, c.GetProperty("params"), c.GetProperty("expected")))];
    }

    private static (QueueModel Model, IReadOnlyDictionary<string, double> Expected) Case(string name, JsonElement given, JsonElement expected)
    {
        var within = given.TryGetProperty("T", out var t) ? Numbers(t)
            : expected.TryGetProperty("P_W_le_T", out var p) && p.ValueKind == JsonValueKind.Object
                ? [.. p.EnumerateObject().Select(x => double.Parse(x.Name, System.Globalization.CultureInfo.InvariantCulture))] : [];
        var arrivals = given.TryGetProperty("lams", out var lams) ? Numbers(lams) : [given.GetProperty("lam").GetDouble()];
        var servers = given.TryGetProperty("c", out var c) ? c.GetInt32() : 1;
        var service = given.TryGetProperty("mean_service", out var mean)
            ? ServiceLaw.Exponential(mean.GetDouble())
            : ServiceLaw.Parse(string.Join(':', given.GetProperty("service").EnumerateArray().Select(x => x.ToString())))!;
        var figures = new Dictionary<string, double>();
        Add("p_wait", ModelFigures.Waits);
        Add("Wq", ModelFigures.Wait(0));
        Add("Wq_second_moment", ModelFigures.Second(0));
        Add("p_abandon", ModelFigures.Abandons);
        Add("E_wait_all", ModelFigures.Wait(0));
        Add("E_wait_served", ModelFigures.WaitOfServed);
        Add("E_wait_abandoned", ModelFigures.WaitOfLeavers);
        AddWithin(expected.TryGetProperty("SL", out var level) ? level : default);
        AddWithin(expected.TryGetProperty("P_W_le_T", out var shares) ? shares : default);
        if (expected.TryGetProperty("P_Wlow_le_T", out var low))
        {
            AddShares(given.GetProperty("lowest_class").GetInt32(), Numbers(low));
        }

        var kind = name switch
        {
            "MMc" => ModelKind.Mmc,
            "MMc_prio" => ModelKind.MmcPriority,
            "MG1" => ModelKind.Mg1,
            "ErlangA" => ModelKind.ErlangA,
            _ => ModelKind.Apq,
        };
        return (new(
            kind, arrivals, service, servers, given.TryGetProperty("mean_patience", out var patience) ? patience.GetDouble() : 0,
            given.TryGetProperty("rates_b", out var rates) ? Numbers(rates) : null, within), figures);

        void Add(string theirs, string ours)
        {
            if (expected.TryGetProperty(theirs, out var value) && value.ValueKind == JsonValueKind.Number)
            {
                figures[ours] = value.GetDouble();
            }
            else if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var (wait, k) in Numbers(value).Select((x, k) => (x, k)))
                {
                    figures[ModelFigures.Wait(k)] = wait;
                }
            }
        }

        void AddWithin(JsonElement shares)
        {
            if (shares.ValueKind == JsonValueKind.Object)
            {
                AddShares(0, [.. shares.EnumerateObject().Select(x => x.Value.GetDouble())]);
            }
            else if (shares.ValueKind == JsonValueKind.Array)
            {
                foreach (var (row, k) in shares.EnumerateArray().Select((x, k) => (x, k)))
                {
                    AddShares(k, Numbers(row));
                }
            }
        }

        void AddShares(int index, IReadOnlyList<double> shares)
        {
            for (var i = 0; i < shares.Count; i++)
            {
                figures[ModelFigures.Within(index, within[i])] = shares[i];
            }
        }
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetDouble())];
}
