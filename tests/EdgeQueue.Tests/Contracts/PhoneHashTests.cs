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
    [InlineData("+٤٧ ٩١٢ ٣٤ ٥٦٧", "", "")]
    [InlineData("+۴۷ ۹۱۲ ۳۴ ۵۶۷", "", "")]
    [InlineData("＋４７　９１２　３４　５６７", "", "")]
    [InlineData("٩١٢٣٤٥٦٧", "47", "")]
    [InlineData("\u200e+47\u00a0912\u201134\u2013567", "", "")]
    public void However_it_is_typed_one_number_has_one_hash(string typed, string country, string trunk) =>
        // printf 4791234567 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
        Assert.Equal("f0192d5641683353", PhoneHash.Of(Key, typed, country, trunk)![..16]);

    [Fact]
    public void The_zero_that_is_dialled_at_home_only_is_not_part_of_it() =>
        Assert.Equal(PhoneHash.Of(Key, "+49 30 1234567", "", ""), PhoneHash.Of(Key, "030 1234567", "49", "0"));

    [Theory]
    [InlineData("+44 (0)20 7946 0958", "442079460958")]
    [InlineData("0044 (0) 20 7946 0958", "442079460958")]
    [InlineData("+44 020 7946 0958", "442079460958")]
    [InlineData("+49 (0) 30/1234567", "49301234567")]
    [InlineData("+380 (0)67 123 45 67", "380671234567")]
    [InlineData("+38 (0) 67 123 45 67", "380671234567")]
    [InlineData("+38 (067) 123 45 67", "380671234567")]
    [InlineData("+39 06 698 12345", "390669812345")]
    [InlineData("+47 02800", "4702800")]
    public void The_zero_in_brackets_after_a_country_is_left_out_where_it_is_dialled_at_home_only(string typed, string digits) =>
        Assert.Equal(digits, PhoneHash.International(typed, "47", ""));

    [Theory]
    [InlineData("+47 (0) 912-34.567", "47", "")]
    [InlineData("0047(0)91234567", "47", "")]
    [InlineData("(0) 912 34 567", "47", "")]
    [InlineData("+39 (0)6 698 12345", "47", "")]
    [InlineData("+44 20 (0) 7946 0958", "47", "")]
    public void A_zero_in_brackets_that_nobody_can_explain_makes_it_no_number(string typed, string country, string trunk) =>
        Assert.Null(PhoneHash.International(typed, country, trunk));

    [Fact]
    public void The_zero_in_brackets_may_stand_first_where_a_branch_has_one() =>
        Assert.Equal("49301234567", PhoneHash.International("(0) 30 1234567", "49", "0"));

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("+47 912 34 56x")]
    [InlineData("+47 912 34 56½")]
    [InlineData("+47+912345")]
    [InlineData("+47\n91234567")]
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
