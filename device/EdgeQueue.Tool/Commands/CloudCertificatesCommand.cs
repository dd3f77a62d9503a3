using System.CommandLine;
using System.Security.Cryptography;

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

    public static Command Create()
    {
        var command = new Command(
            "cloud-certificates",
            "Makes the cloud's certificate authority, its broker's certificate, that of its replicas and one for each branch's hub. "
            + "Run it again with another --branch to add one later.")
        {
            Out, Branches, Hosts,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(Out).FullName, parsed.GetValue(Branches) ?? [], parsed.GetValue(Hosts) ?? [],
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string folder, string[] branches, string[] hosts, TextWriter output, TextWriter errors)
    {
        string[] faults =
        [
            .. branches.Select(CertificatesAuthority.WhyNotNode).OfType<string>().Select(why => $"--branch {why}"),
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

        var authority = new CertificatesAuthority(folder);
        try
        {
            Directory.CreateDirectory(folder);
            Tell(CertificatesAuthority.Authority, authority.EnsureAuthority(Owner));
            Tell(CertificatesAuthority.Broker, authority.EnsureBroker(hosts));
            foreach (string name in branches.Distinct().Prepend(Replicas))
            {
                Tell(name, authority.EnsureClient(name));
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
              the cloud's broker   authority.crt, broker.crt, broker.key
              its replicas         authority.crt, _cloud.crt, _cloud.key
              a branch's hub       authority.crt and the .crt and .key with the branch's name (--cloud-certificates)
              nowhere              authority.key: whoever has it can make a branch
            """);
        return 0;

        void Tell(string name, bool made) => output.WriteLine($"{(made ? "made" : "kept"),-5} {authority.CertificatePath(name)}");
    }
}
