using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Tests.Identity;

public sealed class ClaimCodeTests
{
    private static readonly byte[] Hello = "hello"u8.ToArray(), Authority = "authority"u8.ToArray();
    private static readonly byte[] HubNonce = [.. Enumerable.Repeat((byte)1, 32)], DeviceNonce = [.. Enumerable.Repeat((byte)2, 32)];

    [Fact]
    public void The_code_is_what_an_independent_computation_says() =>
        // python3: d=lambda n,*p: sha256(b''.join(len(x).to_bytes(4,'big')+x for x in (n,)+p)).digest();
        // int.from_bytes(d(b'edgequeue claim code v1', d(b'edgequeue claim transcript v1', b'hello', b'authority', b'\1'*32, b'\2'*32))[:8],'big') % 10**8
        Assert.Equal("71249281", ClaimCode.Of(ClaimCode.Transcript(Hello, Authority, HubNonce, DeviceNonce)));

    [Fact]
    public void Whatever_differs_makes_another_code()
    {
        byte[][] transcripts =
        [
            ClaimCode.Transcript(Hello, Authority, HubNonce, DeviceNonce),
            ClaimCode.Transcript("hellp"u8, Authority, HubNonce, DeviceNonce),
            ClaimCode.Transcript(Hello, "authorita"u8, HubNonce, DeviceNonce),
            ClaimCode.Transcript(Hello, Authority, DeviceNonce, DeviceNonce),
            ClaimCode.Transcript(Hello, Authority, HubNonce, HubNonce),
            // The same bytes, cut elsewhere.
            ClaimCode.Transcript("hell"u8, "oauthority"u8, HubNonce, DeviceNonce),
        ];

        Assert.Equal(transcripts.Length, transcripts.Select(t => ClaimCode.Of(t)).Distinct().Count());
    }

    [Fact]
    public void Codes_of_many_devices_are_spread_evenly()
    {
        var byDigit = new int[10];
        for (var i = 0; i < 20_000; i++)
        {
            byDigit[ClaimCode.Of(ClaimCode.Transcript(BitConverter.GetBytes(i), Authority, HubNonce, DeviceNonce))[0] - '0']++;
        }

        // 2000 ± 5 standard deviations.
        Assert.All(byDigit, n => Assert.InRange(n, 1788, 2212));
    }

    [Theory]
    [InlineData("4829 1730", "48291730")]
    [InlineData("4829-1730", "48291730")]
    [InlineData("4829173", null)]
    [InlineData("4829173O", null)]
    [InlineData("٤٨٢٩١٧٣٠", null)]
    public void A_code_is_read_as_it_is_typed(string typed, string? code) => Assert.Equal(code, ClaimCode.Read(typed));
}
