using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Sms;

internal sealed class SmsHousekeeping(SmsOutbox outbox, TimeProvider time, ILogger<SmsHousekeeping> log)
    : Housekeeping("old messages", TimeSpan.FromHours(1), time, log)
{
    protected override Task ForgetAsync(CancellationToken cancellation) => outbox.ForgetAsync(cancellation);
}
