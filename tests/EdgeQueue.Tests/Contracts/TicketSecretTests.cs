using System.Security.Cryptography;
using System.Text;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Tests.Contracts;

public sealed class TicketSecretTests
{
    [Fact]
    public void Dispenser_hub_and_cloud_make_the_same_secret_of_a_press_and_it_does_not_lead_back()
    {
        const string Press = "c9a1f0e27d5b4a38b6c3d2e1f0a99871";
        string expected = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("edgequeue ticket " + Press))[..16]).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        Assert.Equal(expected, TicketSecret.Of(Press));
        Assert.Equal(TicketSecret.Length, expected.Length);
        Assert.NotEqual(TicketSecret.Of(Press), TicketSecret.Of("c9a1f0e27d5b4a38b6c3d2e1f0a99872"));
    }
}
