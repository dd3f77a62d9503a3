using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Tool.Commands;

/// <summary><c>edgequeue cloud-certificates</c>: which branches may come in at the cloud's broker, as files.</summary>
internal static class CloudCertificatesCommand
{
    /// <summary>The replicas' name. No branch can have it.</summary>
    public const string Replicas = "_cloud";

    /// <summary>Whose authority it is: the name in its certificate.</summary>
    public const string Owner = "_cloud";

    private static readonly Option<DirectoryInfo> Out = new("--out") { Description = "The folder for the files. What is there already is kept.", Required = true };

    private static readonly Option<string[]> Branches = new("--branch") { Description = "A certificate for the hub of this branch; may be given several times." };

    private static readonly Option<string[]> Hosts = new("--host") { Description = "A name or address by which hubs reach the cloud's broker, beside localhost; may be given several times." };

    private static readonly Option<string[]> Renew = new("--renew") { Description = "Makes the certificate of this branch's hub anew, for the key that it has: until the authority ends, or for so many --days. May be given several times. Its .crt alone has to go to the hub." };

    private static readonly Option<int?> Days = new("--days") { Description = "Life of the branches' certificates that are made now, 1 to 7300; without it until the authority ends." };

    public static Command Create()
    {
        var command = new Command(
            "cloud-certificates",
            "Makes the cloud's certificate authority, its broker's certificate, that of its replicas and one for each branch's hub. "
            + "Run it again with another --branch to add one later.")
        {
            Out, Branches, Hosts, Renew, Days,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Days) is < 1 or > 7300)
            {
                result.AddError("--days is 1 to 7300.");
            }
        });
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(Out).FullName, parsed.GetValue(Branches) ?? [], parsed.GetValue(Hosts) ?? [], parsed.GetValue(Renew) ?? [],
            parsed.GetValue(Days),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string folder, string[] branches, string[] hosts, string[] renew, int? days, TextWriter output, TextWriter errors)
    {
        string[] faults =
        [
            .. branches.Select(CertificatesAuthority.WhyNotNode).OfType<string>().Select(why => $"--branch {why}"),
            .. renew.Select(CertificatesAuthority.WhyNotNode).OfType<string>().Select(why => $"--renew {why}"),
            .. hosts.Where(h => Uri.CheckHostName(h) == UriHostNameType.Unknown).Select(h => $"--host '{h}' is neither a host name nor an address"),
        ];
        if (faults.Length > 0)
        {
            foreach (string fault in faults)
            {
                errors.WriteLine($"edgequeue cloud-certificates: {fault}.");
            }

            return 1;
        }

        DateTimeOffset until = days is { } life ? DateTimeOffset.UtcNow.AddDays(life) : BranchCertificates.ValidUntil;
        var authority = new CertificatesAuthority(folder);
        try
        {
            Directory.CreateDirectory(folder);
            Tell(CertificatesAuthority.Authority, authority.EnsureAuthority(Owner));
            Tell(CertificatesAuthority.Broker, authority.EnsureBroker(hosts));
            Tell(Replicas, authority.EnsureClient(Replicas));
            foreach (string name in branches.Distinct())
            {
                Tell(name, authority.EnsureClient(name, until));
            }

            foreach (string name in renew.Distinct())
            {
                DateTimeOffset ends = authority.Renew(name, until, shorter: days is not null);
                output.WriteLine($"anew  {authority.CertificatePath(name)}, until {ends.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: put it in the place of the hub's {name}.crt");
            }
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException or InvalidOperationException)
        {
            errors.WriteLine($"edgequeue cloud-certificates: {folder}: {broken.Message}");
            return 1;
        }

        output.WriteLine(
            """

            What has to go where:
              the cloud's broker   authority.crt, revoked.crl, broker.crt, broker.key
              its replicas         authority.crt, _cloud.crt, _cloud.key
              a branch's hub       authority.crt and the .crt and .key with the branch's name (--cloud-certificates)
              nowhere              authority.key: whoever has it can make a branch
            """);
        return 0;

        void Tell(string name, bool made) => output.WriteLine($"{(made ? "made" : "kept"),-5} {authority.CertificatePath(name)}");
    }
}
