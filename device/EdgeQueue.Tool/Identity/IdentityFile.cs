using EdgeQueue.Hardware.Kernel;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeQueue.Tool.Identity;

/// <summary>
/// A node's certificate and key in one file, which only its owner can read. One file, so that a power cut leaves the old pair or the
/// new one and never half of each. The key is made here and never leaves the device.
/// </summary>
internal static class IdentityFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <returns>Null when the certificate is for this key, under this name, from this authority; else why it is not.</returns>
    public static string? WhyNot(X509Certificate2 certificate, ECDsa key, string node, X509Certificate2 authority)
    {
        if (certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) != node)
        {
            return $"the certificate is not for '{node}'";
        }

        if (!certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
        {
            return "the certificate is for another key";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // A device's clock may not have been set yet; the broker judges by the hub's.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate) ? null : "the certificate is not from this branch's authority";
    }

    /// <summary>Durable when it returns.</summary>
    /// <exception cref="IOException">Not written; the old file stands.</exception>
    public static void Write(string path, X509Certificate2 certificate, ECDsa key) =>
        WritePrivate(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");

    /// <summary>A text that only its owner can read, whole or not at all; durable when it returns.</summary>
    public static void WritePrivate(string path, string text)
    {
        string beside = path + ".new";
        File.Delete(beside);
        using (var file = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner }))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>One program at a time changes an identity (flock); null: another one is at it.</summary>
    public static FileStream? Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = Owner,
            });
        }
        catch (IOException)
        {
            return null;
        }
    }
}
