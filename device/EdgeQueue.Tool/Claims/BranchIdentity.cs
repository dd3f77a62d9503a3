using System.Globalization;
using System.Security.Cryptography;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Tool.Identity;

namespace EdgeQueue.Tool.Claims;

/// <summary>By what head office knows a branch: files in a folder, as <c>--cloud-certificates</c> reads them.</summary>
internal sealed class BranchIdentity(string folder, string branch)
{
    public string Branch { get; } = branch;

    public string Folder { get; } = Path.GetFullPath(folder);

    public string Certificate => Path.Combine(Folder, Branch + ".crt");

    /// <summary>host:port of head office's broker.</summary>
    public string Address => Path.Combine(Folder, "address");

    public bool Exists => File.Exists(Certificate);

    /// <summary>Whole or not at all: the certificate comes last, and one that stood before is taken away first, so that at no moment it stands beside another's key.</summary>
    public void Keep(Claimed claimed)
    {
        if (claimed.Answer.Node != Branch)
        {
            throw new EnrolmentException($"Head office has given a certificate for '{claimed.Answer.Node}'. Nothing was taken.");
        }

        File.Delete(Certificate);
        Write(BranchCertificates.Authority + ".crt", claimed.Authority.ExportCertificatePem() + "\n");
        Write(Branch + ".key", claimed.Key.ExportPkcs8PrivateKeyPem() + "\n");
        Write("address", string.Create(CultureInfo.InvariantCulture, $"{claimed.Answer.BrokerHost}:{claimed.Answer.BrokerPort}\n"));
        Write(Branch + ".crt", claimed.Certificate.ExportCertificatePem() + "\n");
    }

    private void Write(string name, string text) => IdentityFile.WritePrivate(Path.Combine(Folder, name), text);
}
