using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Tests.Contracts;
using EdgeQueue.Tool.Bookings;

namespace EdgeQueue.Tests.Tool;

public sealed class BookingFileTests
{
    private static readonly byte[] Key = new byte[PhoneHash.KeyLength];

    [Fact]
    public void A_list_becomes_bookings_with_hashes_for_phone_numbers_and_utc_for_local_time()
    {
        var (bookings, faults) = Read("4711,general,2026-07-01T09:30,+47 912 34 567,,priority,nb,,2,\n\n# a comment\nB-2,cash,2026-01-05T09:30,,,,,,,case-9");

        Assert.Empty(faults);
        Assert.Equal(["4711", "B-2"], bookings.Select(b => b.Id));
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 7, 30, 0, default).ToUnixTimeMilliseconds(), bookings[0].SlotUtcMs);
        Assert.Equal(PhoneHash.Of(Key, "91234567", "47", ""), bookings[0].PhoneHash);
        Assert.Equal((2, "case-9"), (bookings[0].People, bookings[1].Case));
    }

    [Fact]
    public void All_faults_are_told_with_their_lines()
    {
        var (_, faults) = Read(string.Join('\n',
            "4711,nosuch,2026-07-01T09:30,,,,,,,", "4712,cash,tomorrow,,,,,,,", "4713,cash,2026-03-29T02:30,,,,,,,", "4714,cash,2026-07-01T09:30,12,,,,,,",
            "4715,cash", "4716,cash,2026-07-01T09:30,,,,,,0,", "4717,cash,2026-07-01T09:30,,,,,,,", "4717,cash,2026-07-01T10:30,,,,,,,"));

        Assert.Equal([2, 3, 4, 5, 6, 7, 9], faults.Select(f => int.Parse(f.Split(' ', ':')[1], null)));
        Assert.Contains("the clocks go forward", faults[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_in_quotes_are_read_as_spreadsheets_mean_them()
    {
        var (bookings, faults) = Read("\"5003\",general,2026-07-01T09:30,,,,nb,\"Ola \"\"Olli\"\" Nordmann, jr.\",2,\n 5004 , \"cash\" ,\"2026-07-01T09:30\",,,,,,,");

        Assert.Empty(faults);
        Assert.Equal(("5003", "Ola \"Olli\" Nordmann, jr.", 2), (bookings[0].Id, bookings[0].Person, bookings[0].People));
        Assert.Equal(("5004", "cash"), (bookings[1].Id, bookings[1].Service));
    }

    [Theory]
    [InlineData("\"22,general,2026-07-01T09:30,,,,,,,", "a quote is not closed")]
    [InlineData("2\"2,general,2026-07-01T09:30,,,,,,,", "in the middle of a cell")]
    [InlineData("\"22\"x,general,2026-07-01T09:30,,,,,,,", "in the middle of a cell")]
    [InlineData("22,general,2026-07-01T09:30,,,,xx,,,", "the branch has no language 'xx'")]
    public void What_makes_no_sense_is_told(string line, string fault) => Assert.Contains(fault, Assert.Single(Read(line).Faults), StringComparison.Ordinal);

    private static (IReadOnlyList<EdgeQueue.Core.Queue.Booking> Bookings, IReadOnlyList<string> Faults) Read(string lines)
    {
        Assert.True(BranchConfigurationLoader.TryLoad(ExampleBranchTests.Json(), _ => true, out var branch, out _));
        return BookingFile.Read(new StringReader(BookingFile.Header + "\n" + lines), branch, Key);
    }
}
