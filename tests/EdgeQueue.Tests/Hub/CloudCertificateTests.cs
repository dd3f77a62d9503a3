using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Hub.Link;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Tests.Node;
using EdgeQueue.Tool.Commands;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeQueue.Tests.Hub;

/// <summary>The end of the hub's certificate for the cloud is said while something can be done about it.</summary>
public sealed class CloudCertificateTests : IDisposable
{
    private static readonly DateTimeOffset End = new(2031, 5, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly FakeTime _time = new();
    private readonly List<FaultChanged> _said = [];
    private long _ends;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_said_sixty_days_before_once_and_again_when_it_has_ended_and_taken_back_when_another_one_lies_there()
    {
        CertificatesAuthority cloud = Cloud();
        cloud.EnsureClient("oslo", End);
        var watch = new CloudCertificate(cloud.CertificatePath("oslo"), "oslo", input => _said.Add((FaultChanged)input), at => _ends = at, NullLogger.Instance, _time);

        LookAt(watch, End.AddDays(-61));
        Assert.Empty(_said);
        Assert.Equal(End.ToUnixTimeSeconds(), _ends);
        LookAt(watch, End.AddDays(-59));
        LookAt(watch, End.AddDays(-58));
        LookAt(watch, End.AddSeconds(1));
        Assert.Equal(2, _said.Count);
        Assert.Contains("ends on 2031-05-20, and then nothing goes to the cloud. ", _said[0].Fault!.Sentence, StringComparison.Ordinal);
        Assert.Contains("--renew oslo; ", _said[0].Fault!.Sentence, StringComparison.Ordinal);
        Assert.Contains("ended on 2031-05-20: nothing goes to the cloud. ", _said[1].Fault!.Sentence, StringComparison.Ordinal);

        // The key stays where it is.
        string key = File.ReadAllText(cloud.KeyPath("oslo"));
        Assert.Equal(End.AddDays(700), cloud.Renew("oslo", End.AddDays(700)));
        Assert.Equal(key, File.ReadAllText(cloud.KeyPath("oslo")));
        LookAt(watch, End.AddSeconds(2));
        Assert.Equal((3, null, CloudCertificate.FaultCode), (_said.Count, _said[2].Fault, _said[2].Code));
        Assert.Equal(End.AddDays(700).ToUnixTimeSeconds(), _ends);
    }

    [Fact]
    public void One_that_cannot_be_read_is_the_links_to_say_and_one_that_is_good_for_as_long_is_not_made_anew()
    {
        CertificatesAuthority cloud = Cloud();
        new CloudCertificate(cloud.CertificatePath("oslo"), "oslo", input => _said.Add((FaultChanged)input), at => _ends = at, NullLogger.Instance, _time).Look();

        Assert.Empty(_said);
        Assert.Throws<InvalidOperationException>(() => cloud.Renew("oslo", End));
        cloud.EnsureClient("oslo", End);
        Assert.Throws<InvalidOperationException>(() => cloud.Renew("oslo", End));
    }

    [Fact]
    public void One_that_ends_with_its_authority_is_said_to_and_a_shorter_one_is_made_where_that_is_wanted()
    {
        CertificatesAuthority cloud = Cloud();
        cloud.EnsureClient("oslo");
        var watch = new CloudCertificate(cloud.CertificatePath("oslo"), "oslo", input => _said.Add((FaultChanged)input), at => _ends = at, NullLogger.Instance, _time);
        LookAt(watch, BranchCertificates.ValidUntil.AddDays(-59));

        Assert.Contains("The cloud's authority ends with it: ", Assert.Single(_said).Fault!.Sentence, StringComparison.Ordinal);
        Assert.Contains("when the authority here ends itself", Assert.Throws<InvalidOperationException>(() => cloud.Renew("oslo", BranchCertificates.ValidUntil)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => cloud.Renew("oslo", End));
        Assert.Equal(End, cloud.Renew("oslo", End, shorter: true));
        LookAt(watch, End.AddYears(9));
        File.Delete(cloud.CertificatePath("oslo"));
        watch.Look();
        Assert.Equal(0, _ends);
    }

    private CertificatesAuthority Cloud()
    {
        var cloud = new CertificatesAuthority(_folder.Path);
        cloud.EnsureAuthority(CloudCertificatesCommand.Owner);
        return cloud;
    }

    private void LookAt(CloudCertificate watch, DateTimeOffset at)
    {
        _time.Advance(at - _time.GetUtcNow());
        watch.Look();
    }
}
