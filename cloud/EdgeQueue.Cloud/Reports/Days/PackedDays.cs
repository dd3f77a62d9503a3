using System.Data.Common;
using EdgeQueue.Cloud.Reports.Schedule;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Reports.Days;

/// <summary>Packs what is to be packed, at the start and every ten minutes; an existing database from its first day on.</summary>
internal sealed class PackedDays(DayPacker packer, TimeProvider time, Complaints complaints, ILogger<PackedDays> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        do
        {
            try
            {
                while (await packer.PackSomeAsync(stoppingToken))
                {
                    // Others write in between.
                }
            }
            catch (DbException fault)
            {
                if (complaints.MaySay("database", "days"))
                {
                    ReportsLog.NoDatabase(log, fault.Message);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, the host goes on, and reports read the rows themselves.
                if (complaints.MaySay("broke", "days"))
                {
                    ReportsLog.NotPacked(log, fault);
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
