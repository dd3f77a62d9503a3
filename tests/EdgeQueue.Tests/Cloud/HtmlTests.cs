using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Tests.Cloud;

public sealed class HtmlTests
{
    [Fact]
    public void What_somebody_typed_stays_text()
    {
        string name = "<script>alert(\"x\")</script>";

        Assert.Equal("<p title=\"&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;\">7 &amp;</p>", Html.Of($"<p title=\"{name}\">{7} {"&"}</p>").ToString());
    }

    [Fact]
    public void A_piece_of_a_page_inside_another_is_not_encoded_twice() =>
        Assert.Equal("<ul><li>a&amp;b</li><li>c</li></ul>", Html.Of($"<ul>{new[] { "a&b", "c" }.Select(t => Html.Of($"<li>{t}</li>"))}</ul>").ToString());

    [Fact]
    public void Pieces_in_a_list_are_pieces_and_not_the_name_of_the_list()
    {
        var rows = new List<Html> { Html.Of($"<li>{"a&b"}</li>"), Html.Of($"<li>c</li>") };

        Assert.Equal("<ul><li>a&amp;b</li><li>c</li></ul>", Html.Of($"<ul>{rows}</ul>").ToString());
        Assert.Equal("<ul><li>a&amp;b</li><li>c</li></ul>", Html.Of($"<ul>{rows.ToArray()}</ul>").ToString());
    }

    [Theory]
    [InlineData("ar", "rtl")]
    [InlineData("he-IL", "rtl")]
    [InlineData("en", "ltr")]
    public void Arabic_is_written_from_right_to_left(string language, string direction) => Assert.Equal(direction, Layout.Direction(language));
}
