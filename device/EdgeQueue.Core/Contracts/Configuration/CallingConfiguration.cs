namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>So many of those of a priority, then so many of the others.</summary>
public sealed record RatioConfiguration
{
    /// <summary>From this priority on, 1 … 99, a customer is of the first side.</summary>
    public required int Priority { get; init; }

    /// <summary>Calls of the first side, 1 … 100.</summary>
    public int First { get; set; } = 2;

    /// <summary>Then calls of the others, 1 … 100.</summary>
    public int Others { get; set; } = 1;
}

/// <param name="Service">Id of one of the work profile's services.</param>
/// <param name="AfterSeconds">Whoever has waited so long counts as one's own work; null: help only when there is no own work.</param>
public sealed record HelpConfiguration(string Service, int? AfterSeconds = null);

public sealed record SkillConfiguration
{
    public required string Service { get; init; }

    /// <summary><c>primary</c> or <c>secondary</c>.</summary>
    public string Level { get; set; } = "primary";
}
