using EdgeQueue.Hub.Identity;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Link;

public sealed partial class CloudLink
{
    /// <summary>One that whoever keeps the cloud's authority has put there is taken: nobody has to start the hub again for it.</summary>
    private Task FollowCertificateAsync(IMqttConnection connection, CancellationToken end) =>
        new OwnCertificate(options.TlsOf(topics.Branch).CertificateFile!, connection, log, time).RunAsync(end);
}
