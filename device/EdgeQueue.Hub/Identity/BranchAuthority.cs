using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Hub.Identity;

/// <summary>
/// The branch's certificate authority at work: gives nodes certificates for the keys that they have made, and revokes them. Used by one
/// thread at a time (<see cref="RegistrarDesk"/>).
/// </summary>
internal sealed class BranchAuthority : IDisposable
{
    private readonly string _folder;
    private readonly X509Certificate2 _authority;
    private readonly NodeRegister _register;
    private readonly TimeProvider _time;
    private readonly TimeSpan _life;

    private BranchAuthority(string folder, X509Certificate2 authority, NodeRegister register, TimeSpan life, TimeProvider time) =>
        (_folder, _authority, _register, _life, _time) = (folder, authority, register, life, time);

    public NodeRegister Register => _register;

    public X509Certificate2 Certificate => _authority;

    public string BranchName => BranchCertificates.BranchOf(_authority);

    /// <param name="folder">With authority.crt and authority.key, as <c>edgequeue certificates</c> makes them.</param>
    /// <param name="life">Of a node's certificate.</param>
    /// <exception cref="InvalidDataException">Something is missing, damaged, or readable by others.</exception>
    public static BranchAuthority Open(string folder, string branch, TimeSpan life, TimeProvider time)
    {
        string key = Path.Combine(folder, BranchCertificates.Authority + ".key");
        if (!File.Exists(key))
        {
            throw new InvalidDataException($"There is no {key}. Make the authority with 'edgequeue certificates', or bring its key here.");
        }

        if ((File.GetUnixFileMode(key) & ~PrivateFile.Owner) != 0)
        {
            throw new InvalidDataException($"{key} can be read by others. Whoever has it can make a node: chmod 600 {key}");
        }

        try
        {
            X509Certificate2 authority = X509Certificate2.CreateFromPemFile(
                Path.Combine(folder, BranchCertificates.Authority + ".crt"), key);
            if (BranchCertificates.BranchOf(authority) is var its && its != branch)
            {
                throw new InvalidDataException($"The authority in {folder} is of branch '{its}', the configuration of '{branch}'.");
            }

            return new BranchAuthority(folder, authority, NodeRegister.Open(folder), life, time);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The authority in {folder} cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>A certificate for this key under this name, noted before it leaves.</summary>
    /// <returns>PEM.</returns>
    public string Give(string node, PublicKey key)
    {
        DateTimeOffset now = _time.GetUtcNow();
        // A hub whose clock has not been set yet gives no certificate that ended before it begins.
        DateTimeOffset until = (now < BranchCertificates.ValidFrom ? BranchCertificates.ValidFrom : now) + _life;
        using X509Certificate2 made = BranchCertificates.MakeClient(
            _authority, node, key, RandomNumberGenerator.GetBytes(BranchCertificates.SerialLength), until);
        _register.Add(node, new GivenCertificate(made.SerialNumber, Ms(now), Ms(until)), Ms(now));
        return made.ExportCertificatePem();
    }

    /// <summary>Its certificate has less than a third of its life left, or was not given here.</summary>
    public bool IsDue(RegisteredNode node) =>
        node.Current is { } current && Ms(_time.GetUtcNow()) >= current.UntilMs - ((current.UntilMs - current.IssuedMs) / 3);

    /// <summary>Revokes all that the node has and writes the list.</summary>
    /// <returns>How many certificates were revoked; 0: it has none.</returns>
    public int Revoke(string node)
    {
        List<GivenCertificate> byHand = [];
        string file = Path.Combine(_folder, node + ".crt");
        if (File.Exists(file))
        {
            using X509Certificate2 made = X509CertificateLoader.LoadCertificateFromFile(file);
            byHand.Add(new GivenCertificate(made.SerialNumber, Ms(_time.GetUtcNow()), Ms(made.NotAfter.ToUniversalTime())));
        }

        if (_register.Find(node) is null && byHand.Count == 0)
        {
            return 0;
        }

        int revoked = _register.Revoke(node, byHand);
        WriteList();
        return revoked;
    }

    /// <summary>What is revoked, as the broker reads it; the same list again when it was lost.</summary>
    public void WriteList() => PrivateFile.Write(
        Path.Combine(_folder, BranchCertificates.RevocationListFile),
        System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString(
            "X509 CRL", BranchCertificates.MakeRevocationList(_authority, _register.Revoked, _register.Lists))),
        PrivateFile.Everybody);

    /// <summary>Signature with the authority's key (ECDSA, SHA-256 of what is given, DER).</summary>
    public byte[] Sign(byte[] what)
    {
        using ECDsa key = _authority.GetECDsaPrivateKey()!;
        return key.SignData(what, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public void Dispose() => _authority.Dispose();

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
