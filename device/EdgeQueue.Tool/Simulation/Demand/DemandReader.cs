using System.Globalization;
using System.Text.Json;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>Reads a demand file for a branch, or makes one up that says so.</summary>
internal static class DemandReader
{
    /// <summary>A usual day: two peaks, a quiet noon, few at the end.</summary>
    private static readonly double[] UsualProfile =
        [0.7, 0.95, 1.15, 1.3, 1.4, 1.35, 1.2, 1.05, 0.85, 0.8, 0.9, 1.0, 1.1, 1.1, 0.8, 0.35];

    public static (BranchDemand? Demand, IReadOnlyList<string> Faults) Read(string json, string name, LoadedBranch branch)
    {
        DemandFile? file;
        try
        {
            file = JsonSerializer.Deserialize(json, DemandJson.Default.DemandFile);
        }
        catch (JsonException broken)
        {
            return (null, [JsonWords.WithPlace(broken)]);
        }

        if (file is null)
        {
            return (null, ["null is no demand."]);
        }

        var faults = Faults(file, branch);
        return faults.Count > 0 ? (null, faults) : (Of(file, branch, $"as {name} states"), []);
    }

    /// <summary>Nothing is known of this branch: a usual day at 85 % load, all services equally often by the time they take.</summary>
    public static BranchDemand Usual(LoadedBranch branch)
    {
        // As the branch is configured to be open; from nine to five where it never closes.
        var hours = branch.Rules.Services.Values.SelectMany(s => s.Hours).ToList();
        var always = hours.Count == 0 || branch.Rules.Services.Values.Any(s => s.Hours.Count == 0);
        var (opens, open) = always ? (540, 480) : (hours.Min(h => h.FromMinute), hours.Max(h => h.ToMinute) - hours.Min(h => h.FromMinute));
        var services = branch.Configuration.Services;
        var weights = services.Select(s => 1.0 / s.MeanServiceSeconds).ToList();
        var mean = services.Count / weights.Sum();
        return Of(
            new DemandFile
            {
                V = 1,
                CustomersPerDay = Math.Max(1, Math.Round(0.85 * open * 60 * branch.Configuration.Counters.Count / mean)),
                Opens = string.Create(CultureInfo.InvariantCulture, $"{opens / 60:00}:{opens % 60:00}"),
                OpenMinutes = open,
                Profile = UsualProfile,
                DayFactorCv = 0.125,
                PatienceShape = 2,
                PatienceScaleSeconds = 3600,
                Services = [.. services.Select((s, i) => new DemandedService(s.Id, weights[i] / weights.Sum(), 0, null, null, 0.9))],
            },
            branch,
            "made up: a usual day at 85 % load, because no --demand file and no --from-journal says better");
    }

    private static BranchDemand Of(DemandFile file, LoadedBranch branch, string source)
    {
        var (opens, profile) = (TimeOfDay.MinuteOf(file.Opens)!.Value, file.Profile.Sum());
        var patience = file.PatienceScaleSeconds > 0 ? new WeibullDuration(file.PatienceShape, file.PatienceScaleSeconds * 1000) : null;
        var walk = file.WalkSeconds > 0 ? new FixedDuration((long)(file.WalkSeconds * 1000)) : null;
        DurationLaw Serving(DemandedService s)
        {
            var mean = (s.MeanSeconds ?? branch.Service(s.Service)!.MeanServiceSeconds) * 1000;
            return s.Cv > 0 ? new LognormalDuration(mean, s.Cv) : new FixedDuration((long)mean);
        }

        long? Late(Chance chance)
        {
            var (shows, late) = (chance.Uniform(), chance.Normal());
            return shows < 1 - file.AppointmentNoShow ? (long)((file.UnpunctualityMeanSeconds + (late * file.UnpunctualitySdSeconds)) * 1000) : null;
        }

        string? Asks(Chance chance)
        {
            var drawn = chance.Uniform();
            return file.Asks.FirstOrDefault(a => (drawn -= a.Share) < 0)?.Operator;
        }

        return new(
            opens,
            file.OpenMinutes * 60_000L,
            [.. file.Services.Where(s => s.WalkIns > 0).Select(s => new WalkInStream(
                s.Service, null, [.. file.Profile.Select(p => file.CustomersPerDay * s.WalkIns * p / profile)], Serving(s),
                chance => patience?.Sample(chance) ?? Customer.Endless, walk, Asks: file.Asks.Count > 0 ? Asks : null))],
            [.. file.Services.Where(s => s.Appointments > 0).Select(s => new BookedStream(
                s.Service, s.AppointmentSegment, file.CustomersPerDay * s.Appointments, 1 - file.AppointmentNoShow, file.SlotMinutes * 60_000L,
                Late, Serving(s), walk))],
            file.DayFactorCv,
            (long)(file.AbsentSeconds * 1000),
            (long)(file.GapSeconds * 1000),
            file.Breaks.GroupBy(b => b.Counter).ToDictionary(
                g => g.Key,
                g => (IReadOnlyList<Duty>)[.. g.Select(b => new Duty(
                    (TimeOfDay.MinuteOf(b.From)!.Value - opens) * 60_000L, (TimeOfDay.MinuteOf(b.To)!.Value - opens) * 60_000L)).OrderBy(d => d.From)]),
            source);
    }

    private static List<string> Faults(DemandFile f, LoadedBranch branch)
    {
        var faults = new List<string>();
        void Check(bool fine, string sentence)
        {
            if (!fine)
            {
                faults.Add(sentence);
            }
        }

        Check(f.V == 1, "$.v: this release reads version 1.");
        Check(f.CustomersPerDay is > 0 and <= 100_000, "$.customersPerDay: more than 0, at most 100000.");
        Check(f.OpenMinutes is >= 1 and <= 1440, "$.openMinutes: from 1 to 1440.");
        Check(TimeOfDay.MinuteOf(f.Opens) is not null, "$.opens: a local time HH:mm.");
        Check(f.Profile.Count is >= 1 and <= 1440 && f.Profile.All(p => p >= 0) && f.Profile.Sum() > 0, "$.profile: 1 to 1440 ratios from 0 on, not all 0.");
        Check(f.DayFactorCv is >= 0 and <= 2, "$.dayFactorCv: from 0 to 2.");
        Check(f.SlotMinutes is >= 1 and <= 480, "$.slotMinutes: from 1 to 480.");
        Check(f.AppointmentNoShow is >= 0 and <= 1, "$.appointmentNoShow: from 0 to 1.");
        Check(f.UnpunctualitySdSeconds is >= 0 and <= 86_400, "$.unpunctualitySdSeconds: from 0 to 86400.");
        Check(f.PatienceShape is > 0 and <= 20 && f.PatienceScaleSeconds is >= 0 and <= 1e7, "$.patienceShape and $.patienceScaleSeconds: more than 0.");
        Check(f.WalkSeconds is >= 0 and <= 3600 && f.AbsentSeconds is >= 0 and <= 3600, "$.walkSeconds and $.absentSeconds: from 0 to 3600.");
        Check(f.GapSeconds is >= 0 and <= 3600, "$.gapSeconds: from 0 to 3600.");
        foreach (var (asks, i) in f.Asks.Select((a, i) => (a, i)))
        {
            Check(branch.Rules.Operators.Contains(asks.Operator), $"$.asks[{i}].operator: there is no operator '{asks.Operator}' in this branch.");
            Check(asks.Share is >= 0 and <= 1, $"$.asks[{i}].share: from 0 to 1.");
        }

        Check(f.Asks.Sum(a => a.Share) <= 1, "$.asks: the shares make at most 1 together.");
        Check(f.Services.Count > 0, "$.services: at least one.");
        foreach (var (s, i) in f.Services.Select((s, i) => (s, i)))
        {
            Check(branch.Service(s.Service) is not null,
                $"$.services[{i}].service: there is no '{s.Service}' in this branch; it has {string.Join(", ", branch.Configuration.Services.Select(x => x.Id))}.");
            Check(s.AppointmentSegment is null || branch.Segment(s.AppointmentSegment) is not null,
                $"$.services[{i}].appointmentSegment: there is no segment '{s.AppointmentSegment}' in this branch.");
            Check(s.WalkIns >= 0 && s.Appointments >= 0 && s.Cv is >= 0 and <= 10 && s.MeanSeconds is not (<= 0 or > 86_400),
                $"$.services[{i}]: shares are from 0 on, cv from 0 to 10, meanSeconds up to 86400.");
        }

        var total = f.Services.Sum(s => s.WalkIns + s.Appointments);
        Check(Math.Abs(total - 1) < 0.001, string.Create(CultureInfo.InvariantCulture,
            $"$.services: the shares of walkIns and appointments make {total:0.###} together; they must make 1."));
        foreach (var (b, i) in f.Breaks.Select((b, i) => (b, i)))
        {
            Check(branch.Counter(b.Counter) is not null, $"$.breaks[{i}].counter: there is no counter '{b.Counter}' in this branch.");
            Check(TimeOfDay.MinuteOf(b.From) is { } from && TimeOfDay.MinuteOf(b.To) > from, $"$.breaks[{i}]: from and to are local times HH:mm, from before to.");
        }

        return faults;
    }
}
