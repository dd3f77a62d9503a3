using EdgeQueue.Node.Host;

namespace EdgeQueue.Tests.Node.Host;

public sealed class AppendLogTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string Path => folder.File("log");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Wherever_a_power_cut_ends_the_file_all_records_before_are_there_and_no_half_one()
    {
        Write("one", "two å ب", "three");
        var whole = File.ReadAllBytes(Path);
        var ends = whole.Select((b, i) => (b, i)).Where(x => x.b == '\n').Select(x => x.i + 1).ToList();

        for (var cut = 0; cut <= whole.Length; cut++)
        {
            File.WriteAllBytes(Path, whole[..cut]);
            using (var log = AppendLog.Open(Path, out var content))
            {
                Assert.Equal(ends.Count(e => e <= cut), content.Records.Count);
                Assert.Equal(cut > 0 && cut < ends[0] ? 1 : 0, content.Damaged);
                log.Append("after");
            }

            AppendLog.Open(Path, out var again).Dispose();
            Assert.Equal("after", again.Records[^1]);
            Assert.Equal(ends.Count(e => e <= cut) + 1, again.Records.Count);
        }
    }

    [Fact]
    public void A_batch_is_there_as_a_whole_or_not_at_all()
    {
        using (var log = AppendLog.Open(Path, out _))
        {
            log.Append("one", "two");
        }

        var whole = File.ReadAllBytes(Path);
        for (var cut = 0; cut < whole.Length; cut++)
        {
            File.WriteAllBytes(Path, whole[..cut]);
            AppendLog.Open(Path, out var content).Dispose();
            Assert.Empty(content.Records);
        }
    }

    [Fact]
    public void Damage_in_the_middle_is_told_and_what_follows_is_still_read()
    {
        Write("one", "two", "three");
        var bytes = File.ReadAllBytes(Path);
        bytes[Array.IndexOf(bytes, (byte)'w')] = (byte)'x';
        File.WriteAllBytes(Path, bytes);

        AppendLog.Open(Path, out var content).Dispose();
        Assert.Equal(["one", "three"], content.Records);
        Assert.Equal(1, content.Damaged);
    }

    [Fact]
    public void A_last_line_whose_blocks_reached_the_disk_in_another_order_is_a_power_cut_too()
    {
        Write("one", "two");
        var bytes = File.ReadAllBytes(Path);
        bytes[^3] = 0;
        File.WriteAllBytes(Path, bytes);

        AppendLog.Open(Path, out var content).Dispose();
        Assert.Equal(["one"], content.Records);
        Assert.Equal(0, content.Damaged);
    }

    [Theory]
    [InlineData('k')]
    [InlineData('\n')]
    public void The_one_line_of_a_compaction_is_never_torn_so_when_it_rots_that_is_told_and_a_copy_stays(char rotten)
    {
        using (var log = AppendLog.Open(Path, out _))
        {
            log.Rewrite("kept", "too");
        }

        var bytes = File.ReadAllBytes(Path);
        bytes[Array.LastIndexOf(bytes, (byte)rotten)] ^= 1;
        File.WriteAllBytes(Path, bytes);

        AppendLog.Open(Path, out var content).Dispose();
        Assert.Empty(content.Records);
        Assert.Equal(1, content.Damaged);
        Assert.Equal(bytes, File.ReadAllBytes(Path + ".damaged"));
    }

    [Fact]
    public void A_second_process_cannot_open_the_same_file()
    {
        using var log = AppendLog.Open(Path, out _);
        Assert.Throws<IOException>(() => AppendLog.Open(Path, out _));
    }

    [Fact]
    public void A_rewritten_file_goes_on_where_it_ends()
    {
        using (var log = AppendLog.Open(Path, out _))
        {
            log.Append("old");
            log.Rewrite("kept", "too");
            log.Append("new");
        }

        AppendLog.Open(Path, out var content).Dispose();
        Assert.Equal(["kept", "too", "new"], content.Records);
    }

    [Fact]
    public void The_checksum_is_the_one_that_everybody_has() => Assert.Equal(0xCBF43926u, AppendLog.Checksum("123456789"u8));

    private void Write(params string[] records)
    {
        using var log = AppendLog.Open(Path, out _);
        foreach (var record in records)
        {
            log.Append(record);
        }
    }
}
