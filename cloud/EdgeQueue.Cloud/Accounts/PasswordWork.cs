namespace EdgeQueue.Cloud.Accounts;

/// <summary>Passwords are slow on purpose, so only as many at a time as there are cores, and only so many wait: strangers must not take the machine.</summary>
internal sealed class PasswordWork : IDisposable
{
    private const int MostWaiting = 64;

    private readonly SemaphoreSlim _working = new(Environment.ProcessorCount);
    private int _waiting;

    /// <returns>Null: too many wait already.</returns>
    public Task<bool?> FitsAsync(string password, string? kept, CancellationToken cancellation) =>
        RunAsync<bool?>(() => password.Length <= Passwords.Longest && Passwords.Fits(password, kept), cancellation);

    /// <returns>Null: too many wait already.</returns>
    public Task<string?> HashAsync(string password, CancellationToken cancellation) => RunAsync<string?>(() => Passwords.Hash(password), cancellation);

    public void Dispose() => _working.Dispose();

    private async Task<T?> RunAsync<T>(Func<T> what, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return default;
        }

        try
        {
            await _working.WaitAsync(cancellation);
            try
            {
                return await Task.Run(what, cancellation);
            }
            finally
            {
                _working.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
