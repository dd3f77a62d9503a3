using System.Diagnostics.Metrics;
using EdgeQueue.Cloud.Ingest;

namespace EdgeQueue.Tests.Cloud.Ingest;

/// <summary>What waits between the brokers and the writers is bounded, and nothing goes without being counted.</summary>
public sealed class ChannelTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_report_that_makes_room_for_a_later_one_is_counted()
    {
        long dropped = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, of) =>
        {
            if (instrument.Name == "edgequeue_cloud_input_dropped")
            {
                of.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref dropped, count));
        listener.Start();
        var channels = new IngestChannels();

        for (int i = 0; i < 1_003; i++)
        {
            Assert.True(channels.Reports.Writer.TryWrite(new("oslo", "t", default)));
        }

        Assert.Equal(3, Interlocked.Read(ref dropped));
    }

    [Fact]
    public async Task Few_large_batches_wait_as_many_small_ones_do()
    {
        var budget = new ByteBudget(100);
        await budget.TakeAsync(60, Cancellation);
        Task second = budget.TakeAsync(60, Cancellation).AsTask();
        Assert.False(second.IsCompleted);

        budget.Free(60);

        await second.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal(60, budget.Taken);
    }

    [Fact]
    public async Task One_that_is_larger_than_all_goes_alone()
    {
        var budget = new ByteBudget(100);
        await budget.TakeAsync(500, Cancellation);
        Assert.False(budget.TakeAsync(1, Cancellation).IsCompleted);
    }
}
