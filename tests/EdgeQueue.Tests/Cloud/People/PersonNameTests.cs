using EdgeQueue.Cloud.People;

namespace EdgeQueue.Tests.Cloud.People;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("  Kari   Nordmann ", "Kari Nordmann")]
    [InlineData("王", "王")]
    [InlineData("می\u200cنا", "می\u200cنا")]
    [InlineData("\u202eKari\u202c", "Kari")]
    [InlineData("\u2067محمد\u2069", "محمد")]
    public void A_name_is_kept_as_it_was_typed_with_its_blanks_in_order(string typed, string name) => Assert.Equal(name, PersonName.Of(typed, 20));

    [Theory]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData("\u200b")]
    [InlineData("\u200b\u2060\ufeff")]
    [InlineData("\u3164")]
    [InlineData("-")]
    [InlineData("Kari\u0000")]
    [InlineData("Somebody with a long name")]
    public void What_nobody_can_see_or_call_is_no_name(string? typed) => Assert.Null(PersonName.Of(typed, 20));
}
