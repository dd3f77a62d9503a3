using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>
/// Who comes to a simulated branch, as a JSON file states it. Properties with a default have <c>set</c>: the source generator
/// gives an init property that is left out the type's zero.
/// </summary>
internal sealed record DemandFile
{
    /// <summary>Version of the format, 1.</summary>
    public required int V { get; init; }

    /// <summary>Customers on an average day, those included who book and do not come.</summary>
    public required double CustomersPerDay { get; init; }

    /// <summary>Local <c>HH:mm</c> of the opening.</summary>
    public string Opens { get; set; } = "09:00";

    /// <summary>How long tickets are given, minutes; who waits then is served to the end.</summary>
    public required int OpenMinutes { get; init; }

    /// <summary>How busy each equal part of the opening time is for walk-ins, as ratios.</summary>
    public required IReadOnlyList<double> Profile { get; init; }

    /// <summary>Days differ by a lognormal factor on walk-ins: its standard deviation ÷ mean.</summary>
    public double DayFactorCv { get; set; }

    public required IReadOnlyList<DemandedService> Services { get; init; }

    /// <summary>Minutes between two slots.</summary>
    public int SlotMinutes { get; set; } = 15;

    /// <summary>Share of the booked who do not come, 0 … 1.</summary>
    public double AppointmentNoShow { get; set; }

    /// <summary>When the booked come, seconds after their slot (mostly before: negative), normal.</summary>
    public double UnpunctualityMeanSeconds { get; set; }

    public double UnpunctualitySdSeconds { get; set; }

    /// <summary>Weibull; a scale of 0: walk-ins never leave. The booked do not.</summary>
    public double PatienceShape { get; set; } = 1;

    public double PatienceScaleSeconds { get; set; }

    /// <summary>From the call to the counter.</summary>
    public double WalkSeconds { get; set; }

    /// <summary>How long a counter waits for somebody who has left.</summary>
    public double AbsentSeconds { get; set; } = 45;

    /// <summary>From the end of a service to the operator's next press; a counter that calls by itself does not wait for the press.</summary>
    public double GapSeconds { get; set; }

    public IReadOnlyList<DemandedBreak> Breaks { get; set; } = [];

    /// <summary>Walk-ins who want one operator and nobody else, for as long as the branch lets them wait for one.</summary>
    public IReadOnlyList<DemandedPerson> Asks { get; set; } = [];
}

/// <param name="WalkIns">Share of the day's customers.</param>
/// <param name="Appointments">Share of the day's customers.</param>
/// <param name="AppointmentSegment">The segment whose target and priority appointments have; null: the service's own.</param>
/// <param name="MeanSeconds">Mean service time; null: as the branch is configured.</param>
/// <param name="Cv">Standard deviation ÷ mean of the lognormal service time; 0: always the mean.</param>
internal sealed record DemandedService(
    string Service, double WalkIns, double Appointments, string? AppointmentSegment, double? MeanSeconds, double Cv);

/// <param name="Share">Of all walk-ins, 0 … 1.</param>
internal sealed record DemandedPerson(string Operator, double Share);

/// <param name="From">Local <c>HH:mm</c>.</param>
internal sealed record DemandedBreak(string Counter, string From, string To);

[JsonSerializable(typeof(DemandFile))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
internal sealed partial class DemandJson : JsonSerializerContext;
