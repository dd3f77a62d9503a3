using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.MobileTicket;

internal sealed class MobileHousekeeping(MobileTickets tickets, TimeProvider time, ILogger<MobileHousekeeping> log)
    : Housekeeping("tickets whose links have expired", TimeSpan.FromMinutes(5), time, log)
{
    protected override Task ForgetAsync(CancellationToken cancellation) => tickets.ForgetAsync(cancellation);
}
