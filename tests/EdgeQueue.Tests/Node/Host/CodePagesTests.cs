using EdgeQueue.Node.Host.Claim;

namespace EdgeQueue.Tests.Node.Host;

public sealed class CodePagesTests
{
    [Theory]
    [InlineData(8, "48291730")]
    [InlineData(4, "1-48|2-29|3-17|4-30|")]
    [InlineData(3, "1-4|2-8|3-2|4-9|5-1|6-7|7-3|8-0|")]
    [InlineData(2, "48|29|17|30|")]
    [InlineData(1, "4|8|2|9|1|7|3|0|")]
    public void A_code_is_shown_page_by_page_and_each_page_fits(int columns, string pages)
    {
        Assert.Equal(pages.Split('|'), CodePages.Of("48291730", columns));
        Assert.All(CodePages.Of("48291730", columns), p => Assert.True(p.Length <= columns));
    }

    [Fact]
    public void The_paper_says_the_code_in_groups_and_cuts()
    {
        var paper = CodeSigns.Paper("48291730");

        Assert.Contains("4829 1730", System.Text.Encoding.ASCII.GetString(paper), StringComparison.Ordinal);
        Assert.Equal([0x1D, (byte)'V', 66, 0], paper[^4..]);
    }
}
