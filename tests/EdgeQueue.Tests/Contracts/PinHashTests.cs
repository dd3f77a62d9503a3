using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tests.Contracts;

public sealed class PinHashTests
{
    private static readonly byte[] Salt = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");

    [Fact]
    public void A_PIN_matches_its_own_hash_and_no_other()
    {
        var hash = PinHash.Of("1234", Salt, 1000);

        Assert.True(PinHash.Matches(hash, "1234"));
        Assert.False(PinHash.Matches(hash, "1235"));
    }

    [Fact]
    public void The_hash_is_PBKDF2_as_others_compute_it()
    {
        // Python: hashlib.pbkdf2_hmac("sha256", b"1234", bytes(range(16)), 1000)
        Assert.Equal("pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw==$IkDqKiJ1SjxGEDVu+OTXrPJa8qw9LRGGbel6i3gSxSw=", PinHash.Of("1234", Salt, 1000));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234")]
    [InlineData("pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw==$AAAA")]
    [InlineData("pbkdf2-sha256$-1$AAECAwQFBgcICQoLDA0ODw==$IkDqKiJ1SjxGEDVu+OTXrPJa8qw9LRGGbel6i3gSxSw=")]
    [InlineData("pbkdf2-sha256$999999999$AAECAwQFBgcICQoLDA0ODw==$IkDqKiJ1SjxGEDVu+OTXrPJa8qw9LRGGbel6i3gSxSw=")]
    public void What_is_not_a_hash_matches_nothing(string text) => Assert.False(PinHash.Matches(text, "1234"));

    [Theory]
    [InlineData("123")]
    [InlineData("123456789")]
    [InlineData("12a4")]
    [InlineData("١٢٣٤")]
    public void A_PIN_is_4_to_8_digits(string pin) => Assert.NotNull(PinHash.FaultOf(pin));

    [Fact]
    public void An_operator_without_a_PIN_signs_in_by_typing_the_id()
    {
        BranchConfigurationLoader.TryLoad(
            System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(ExampleBranchTests.Json())
                .Replace("\"operators\": [", "\"operators\": [{\"id\": \"50\"}, {\"id\": \"1111\"},", StringComparison.Ordinal)),
            _ => true, out var branch, out var faults);

        Assert.Empty(faults);
        Assert.Equal("50", branch!.OperatorTyping("50")?.Id);
        Assert.Equal("anna", branch.OperatorTyping("1111")?.Id); // a PIN goes before an id
        Assert.Null(branch.OperatorTyping("anna"));
        Assert.Null(branch.OperatorTyping(""));
    }
}
