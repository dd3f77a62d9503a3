using System.Diagnostics;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>As many bookings as a hub holds, told while people take tickets.</summary>
public sealed class ManyBookingsTests
{
    private const int Many = 20_000;

    [Fact]
    public async Task Twenty_thousand_bookings_are_taken_between_the_presses_and_not_before_them()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await hub.StopAsync();
        string file = Path.Combine(hub.Folder, "bookings.json");
        hub.Arguments = $"--bookings '{file}'";
        await hub.StartAgainAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        long slot = DateTimeOffset.UtcNow.AddHours(3).ToUnixTimeMilliseconds();
        await TellAsync(file, new BookingsMessage(1, 1, null, [.. Enumerable.Range(0, Many).Select(i => Of(i, slot)), .. Enumerable.Range(0, 150).Select(i => Of(i, slot))]));

        var longest = TimeSpan.Zero;
        Task<BookingsReport> held = watcher.UntilAsync<BookingsReport>(Watcher.Names.BookingsHeld, b => b.Held == 1);
        while (!held.IsCompleted)
        {
            long began = Stopwatch.GetTimestamp();
            Assert.NotNull((await dispenser.TicketAsync()).Ticket);
            longest = Stopwatch.GetElapsedTime(began) is { } took && took > longest ? took : longest;
            // There are 999 numbers.
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        BookingsReport report = await held;
        TestContext.Current.TestOutputHelper?.WriteLine($"longest wait for a ticket: {longest.TotalMilliseconds:0} ms");
        // 150 numbers were there twice: a hundred are named, the others counted.
        Assert.Equal((100, 50), (report.Rejected.Count, report.MoreRejected));
        string[] types = [.. (await hub.ExportAsync()).Select(e => e.Contains("bookingPlaced", StringComparison.Ordinal) ? "booking" : e.Contains("ticketIssued", StringComparison.Ordinal) ? "ticket" : "")];
        Assert.Equal(Many, types.Count(t => t == "booking"));
        Assert.InRange(types[Array.IndexOf(types, "booking")..Array.LastIndexOf(types, "booking")].Count(t => t == "ticket"), 3, int.MaxValue);
        await hub.AssertSoundAsync();
    }

    private static Booking Of(int number, long slot) => new($"b{number}", "general", slot + (number * 1000L));

    private static async Task TellAsync(string file, BookingsMessage message)
    {
        await File.WriteAllBytesAsync(file + ".new", ContractJson.Write(message), TestContext.Current.CancellationToken);
        File.Move(file + ".new", file, overwrite: true);
    }
}
