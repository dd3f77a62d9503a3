using EdgeQueue.Cloud.Bookings.Offers;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>Puts the file of offers into the database at the start.</summary>
internal sealed class OfferImport(OfferBook offers, OfferDocument document, ILogger<OfferImport> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> changed = await offers.ApplyAsync(document, cancellationToken);
        if (changed.Count > 0)
        {
            BookingLog.Offered(log, changed.Count, document.Branches.Count);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
