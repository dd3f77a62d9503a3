using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Tests.Contracts;

public sealed class PhoneHashTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, PhoneHash.KeyLength).Select(i => (byte)i)];

    [Theory]
    [InlineData("+47 912 34 567", "47", "")]
    [InlineData("0047-912-34567", "47", "")]
    [InlineData("91234567", "47", "")]
    [InlineData("(912) 34.567", "47", "0")]
    public void However_it_is_typed_one_number_has_one_hash(string typed, string country, string trunk) =>
        // printf 4791234567 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
        Assert.Equal("f0192d5641683353", PhoneHash.Of(Key, typed, country, trunk)![..16]);

    [Fact]
    public void The_zero_that_is_dialled_at_home_only_is_not_part_of_it() =>
        Assert.Equal(PhoneHash.Of(Key, "+49 30 1234567", "", ""), PhoneHash.Of(Key, "030 1234567", "49", "0"));

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("+47 912 34 56x")]
    [InlineData("1234567890123456")]
    public void What_is_no_phone_number_has_no_hash(string typed) => Assert.Null(PhoneHash.Of(Key, typed, "", ""));

    [Fact]
    public void Another_branchs_key_gives_another_hash() =>
        Assert.NotEqual(PhoneHash.Of(Key, "91234567", "47", ""), PhoneHash.Of(Key[1..], "91234567", "47", ""));

    [Fact]
    public void A_key_is_read_as_the_file_has_it()
    {
        Assert.True(PhoneHash.TryReadKey(Convert.ToHexStringLower(Key) + "\n", out var read));
        Assert.Equal(Key, read);
        Assert.False(PhoneHash.TryReadKey("0011", out _));
    }
}
