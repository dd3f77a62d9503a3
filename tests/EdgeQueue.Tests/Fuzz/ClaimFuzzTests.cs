using System.Security.Cryptography;
using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Hub.Identity;
using EdgeQueue.Tests.Identity;
using EdgeQueue.Tool.Claims;

namespace EdgeQueue.Tests.Fuzz;

/// <summary>What strangers can say before they have a certificate: claim requests, answers about a hub; and requests for renewal.</summary>
[Collection(nameof(Fed))]
public sealed class ClaimFuzzTests
{
    private const int Long = 100;

    [Fact]
    public void No_claim_breaks_the_reader_of_claims() => Claims(6_000);

    [Fact]
    public void No_answer_of_the_network_breaks_the_search_for_a_hub() => Answers(20_000);

    [Fact]
    [Trait("Length", "Long")]
    public void No_six_hundred_thousand_claims_break_the_reader_of_claims() => Claims(6_000 * Long);

    [Fact]
    [Trait("Length", "Long")]
    public void No_two_million_answers_break_the_search_for_a_hub() => Answers(20_000 * Long);

    private static void Claims(int inputs)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string spki = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        byte[][] honest =
        [
            IdentityJson.Write(new ClaimHello(1, spki, "test device",
            [
                new UnitConfiguration { Unit = "screen", Display = new DisplayConfiguration { Counter = "", Chip = "ht16k33-7", Path = "/dev/i2c-1" } },
                new UnitConfiguration { Unit = "pad", Keypad = new KeypadConfiguration { Counter = "", Input = "/dev/input/event0" } },
            ])),
            IdentityJson.Write(new ClaimHello(1, spki, "hub of oslo", [], "oslo")), IdentityJson.Write(new ClaimCommitment(spki)), IdentityJson.Write(new ClaimReveal(spki, spki)),
            IdentityJson.Write(new RenewalRequest(1, "00112233445566778899aabbccddeeff", spki, spki)),
            IdentityJson.Write(new ClaimAnswer(1, "demo", "pad", "hub.local", 8883, "-----BEGIN CERTIFICATE-----", [])),
            IdentityJson.Write(new DeskRequest("claim", "48291730", "pad", Counter: "5")),
            ContractJson.Write(new DeviceFile { V = 1, State = "/var/lib/edgequeue", Units = [] }),
        ];
        int taken = 0;
        Feeding.Feed(seed: 6, honest, inputs, input =>
        {
            if (HelloReader.TryRead(input, ofBranch: false, out ClaimHello? hello) || HelloReader.TryRead(input, ofBranch: true, out hello))
            {
                taken++;
                Assert.NotNull(BranchCertificates.ReadKey(Convert.FromBase64String(hello.PublicKey)));
            }

            taken += Read<ClaimCommitment>(input) + Read<ClaimReveal>(input) + Read<ClaimOffer>(input) + Read<ClaimAnswer>(input)
                + Read<RenewalWanted>(input) + Read<RenewalRequest>(input) + Read<RenewalAnswer>(input) + Read<DeskRequest>(input) + Read<DeskAnswer>(input);
            ContractJson.TryRead<DeviceFile>(input, out _, out _);
            if (IdentityJson.TryRead(input, out RenewalRequest? request, out _))
            {
                _ = Renewals.Base64(request.PublicKey) is { } bytes ? BranchCertificates.ReadKey(bytes) : null;
            }

            _ = BranchCertificates.ReadKey(input);
            _ = ClaimCode.Read(Encoding.UTF8.GetString(input));
            _ = HubAddress.Parse(Encoding.UTF8.GetString(input));
        });
        Assert.True(taken > inputs / 100, $"only {taken} of {inputs} inputs were still something");
    }

    private static int Read<T>(byte[] input)
        where T : class
    {
        if (IdentityJson.TryRead<T>(input, out _, out string? fault))
        {
            return 1;
        }

        Assert.NotEmpty(fault);
        return 0;
    }

    private static void Answers(int inputs)
    {
        int found = 0;
        Feeding.Feed(seed: 7, [ServiceAnswerTests.Answer(8884), ServiceAnswer.Question], inputs, input =>
        {
            if (ServiceAnswer.Read(input) is { } service)
            {
                found++;
                Assert.InRange(service.Port, 1, 65535);
            }
        });
        Assert.True(found > inputs / 100, $"only {found} of {inputs} inputs were still an answer");
    }
}
