using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Accounts;

internal sealed class AccountsHousekeeping(SignInThrottle throttle, TimeProvider time, ILogger<AccountsHousekeeping> log)
    : Housekeeping("tries to sign in that are long over", TimeSpan.FromHours(1), time, log)
{
    protected override Task ForgetAsync(CancellationToken cancellation) => throttle.ForgetAsync(cancellation);
}
