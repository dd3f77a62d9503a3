using EdgeQueue.Tool.Play;

namespace EdgeQueue.Tests.Play;

/// <summary>A recorded day, line by line.</summary>
public sealed class DayFileTests
{
    [Fact]
    public void A_day_has_its_customers_in_the_order_of_their_arrival()
    {
        var (day, faults) = Read("95.5,cash,priority,60,900", "", "# lunch", "0,general,,240,");

        Assert.Empty(faults);
        Assert.Equal(
            [
                new RecordedArrival(TimeSpan.Zero, "general", null, TimeSpan.FromSeconds(240), null),
                new RecordedArrival(TimeSpan.FromSeconds(95.5), "cash", "priority", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(900)),
            ],
            day);
    }

    [Theory]
    [InlineData("0,general,,240", "5 columns")]
    [InlineData("0,general,,240,,", "5 columns")]
    [InlineData("0,,,240,", "service is missing")]
    [InlineData("-1,general,,240,", "arrival '-1'")]
    [InlineData("9:15,general,,240,", "arrival '9:15'")]
    [InlineData("1e3,general,,240,", "arrival '1e3'")]
    [InlineData("NaN,general,,240,", "arrival 'NaN'")]
    [InlineData("0,general,,,", "service_seconds ''")]
    [InlineData("0,general,,86401,", "service_seconds '86401'")]
    [InlineData("0,general,,240,soon", "patience_seconds 'soon'")]
    public void A_line_that_is_no_customer_is_told_with_its_number(string line, string sentence)
    {
        var (_, faults) = Read("0,general,,240,", line);

        Assert.Contains(sentence, Assert.Single(faults), StringComparison.Ordinal);
        Assert.StartsWith("line 3: ", faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var (_, faults) = Read("x,general,,240,", "0,general,,y,", "0,general,,240,");

        Assert.Equal(2, faults.Count);
    }

    [Fact]
    public void A_file_with_other_columns_is_refused_by_its_first_line()
    {
        var (day, faults) = DayFile.Read(new StringReader("time,queue\n1,2\n"));

        Assert.Empty(day);
        Assert.Contains(DayFile.Header, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_day_is_a_fault() => Assert.Single(DayFile.Read(new StringReader("")).Faults);

    [Fact]
    public void The_example_day_can_be_read()
    {
        using var file = File.OpenText(Path.Combine(RepositoryFolder.Root, "examples", "days", "quiet-hour.csv"));

        var (day, faults) = DayFile.Read(file);

        Assert.Empty(faults);
        Assert.Equal(48, day.Count);
        Assert.All(day, c => Assert.InRange(c.At, TimeSpan.Zero, TimeSpan.FromHours(1)));
    }

    private static (IReadOnlyList<RecordedArrival> Day, IReadOnlyList<string> Faults) Read(params string[] lines) =>
        DayFile.Read(new StringReader(DayFile.Header + "\n" + string.Join('\n', lines)));
}
