using System.CommandLine;
using EdgeQueue.Tool.Commands;

namespace EdgeQueue.Tests.Tool;

/// <summary>What somebody reads who typed a word where a number belongs.</summary>
public sealed class WrongWordsTests
{
    [Fact]
    public void A_word_in_the_place_of_a_number_is_named_with_its_option()
    {
        Assert.Equal("--days is a whole number, not 'x'.", Of(new Option<int>("--days"), "--days", "x"));
        Assert.Equal("--days is a whole number, not '1.5'.", Of(new Option<int?>("--days"), "--days", "1.5"));
        Assert.Equal("--seed is a whole number, not 'it's'.", Of(new Option<long>("--seed"), "--seed", "it's"));
        Assert.Equal("--speed is a number, not 'fast'.", Of(new Option<double>("--speed"), "--speed", "fast"));
    }

    [Fact]
    public void Everything_else_stays_as_it_is() => Assert.Equal("Required command was not provided.", WrongWords.Said("Required command was not provided."));

    private static string Of(Option option, params string[] words) => WrongWords.Said(Assert.Single(new RootCommand { option }.Parse(words).Errors).Message);
}
