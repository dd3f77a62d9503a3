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
    /// <summary>Renewals whose answers were lost that are given again without waiting.</summary>
    public const int LostAtOnce = 3;

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
            throw new InvalidDataException($"There is no {key}. Make the authority with 'edgequeue certificates' (the cloud's with 'edgequeue cloud-certificates'), or bring its key here.");
        }

        if ((File.GetUnixFileMode(key) & ~PrivateFile.Owner) != 0)
        {
            throw new InvalidDataException($"{key} can be read by others. Whoever has it can make a node: chmod 600 {key}");
        }

        try
        {
            X509Certificate2 authority = CertificateWithKey.Read(
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
    /// <param name="renewal">It counts once the node has said to have it (<see cref="NodeRegister.Confirm"/>); the answer may be lost.</param>
    /// <returns>PEM.</returns>
    public string Give(string node, PublicKey key, bool renewal = false)
    {
        DateTimeOffset now = _time.GetUtcNow();
        // A hub whose clock has not been set yet gives no certificate that ended before it begins.
        DateTimeOffset until = (now < BranchCertificates.ValidFrom ? BranchCertificates.ValidFrom : now) + _life;
        using X509Certificate2 made = BranchCertificates.MakeClient(
            _authority, node, key, RandomNumberGenerator.GetBytes(BranchCertificates.SerialLength), until);
        _register.Add(node, new GivenCertificate(made.SerialNumber, Ms(now), Ms(until), Unconfirmed: renewal), Ms(now));
        return made.ExportCertificatePem();
    }

    /// <summary>The certificate that it is known to have has less than a third of its life left.</summary>
    public bool IsDue(RegisteredNode node) =>
        node.InUse is { } current && Ms(_time.GetUtcNow()) >= current.UntilMs - ((current.UntilMs - current.IssuedMs) / 3);

    /// <summary>
    /// Whose answers are lost gets another: <see cref="LostAtOnce"/> as soon as it asks, then one in each twelfth of the last third, so
    /// that there is one left until the end.
    /// </summary>
    public bool MayHaveAnother(RegisteredNode node)
    {
        List<GivenCertificate> lost = [.. node.Unconfirmed];
        // A clock that was set back since: the bound of certificates holds all the same.
        return lost.Count < LostAtOnce || node.InUse is not { } current
            || Ms(_time.GetUtcNow()) - lost[^1].IssuedMs is var since && (since < 0 || since >= (current.UntilMs - current.IssuedMs) / 36);
    }

    /// <summary>Of this node, neither ended nor revoked.</summary>
    public int Standing(RegisteredNode node) => node.Standing(Ms(_time.GetUtcNow()));

    /// <summary>It has a certificate that <c>edgequeue certificates</c> made, and that is not revoked.</summary>
    public bool HasByHand(string node)
    {
        string file = Path.Combine(_folder, node + ".crt");
        if (!File.Exists(file))
        {
            return false;
        }

        using X509Certificate2 made = X509CertificateLoader.LoadCertificateFromFile(file);
        return !_register.Revoked.Contains(made.SerialNumber);
    }

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
