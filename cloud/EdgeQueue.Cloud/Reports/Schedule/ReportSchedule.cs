using EdgeQueue.Cloud.Reports.Periods;

namespace EdgeQueue.Cloud.Reports.Schedule;

/// <summary>A report that is sent by itself.</summary>
/// <param name="Scope">As in the address of a report.</param>
/// <param name="Period"><c>day</c>, <c>week</c> or <c>month</c>.</param>
/// <param name="Hour">Of head office's clock: not before, on the day after the period.</param>
internal sealed record ReportSchedule(long Id, string Name, string Scope, string Period, long Hour, string Channel, string Target, long MadeAt)
{
    /// <summary>The last period that has ended and is due: it began after the schedule was made, or was under way then. Null: none yet.</summary>
    /// <param name="now">Milliseconds since 1970 UTC.</param>
    /// <param name="office">Head office's clock.</param>
    public ReportPeriod? DueAt(long now, LocalDays office)
    {
        PeriodKind kind = Period switch { "week" => PeriodKind.Week, "month" => PeriodKind.Month, _ => PeriodKind.Day };
        ReportPeriod? ended = ReportPeriod.Of(kind, DateOnly.FromDateTime(office.LocalAt(now))).Before();
        // Until its hour has come, what is due is the one before; that was sent, or nothing ran then.
        if (ended is not null && DueFrom(ended, office) > now)
        {
            ended = ended.Before();
        }

        return ended is not null && office.StartMs(ended.To.AddDays(1)) > MadeAt ? ended : null;
    }

    /// <summary>The hour of the first day after it by the clock on the wall; where that hour is skipped, the next one.</summary>
    private long DueFrom(ReportPeriod period, LocalDays office) => office.AtMs(period.To.AddDays(1).ToDateTime(new TimeOnly((int)Hour, 0)));
}
