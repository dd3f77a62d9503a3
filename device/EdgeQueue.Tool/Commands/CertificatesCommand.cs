using System.CommandLine;
using System.Security.Cryptography;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Tool.Bookings;

namespace EdgeQueue.Tool.Commands;

/// <summary><c>edgequeue certificates</c>: who may come in at a branch's broker, as files.</summary>
internal static class CertificatesCommand
{
    private static readonly Option<string> Branch = new("--branch")
    {
        Description = "The branch's name, as in its configuration.", Required = true,
    };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "The folder for the files. What is there already is kept.", Required = true,
    };

    private static readonly Option<bool> Hub = new("--hub") { Description = "A certificate for the hub, one for its registrar, and one for its desk for updates." };

    private static readonly Option<bool> Watch = new("--watch")
    {
        Description = "A certificate that hears all but commands and changes nothing, for a technician's mosquitto_sub.",
    };

    private static readonly Option<string[]> Nodes = new("--node")
    {
        Description = "A certificate for the node of this name; may be given several times.",
    };

    private static readonly Option<string[]> Hosts = new("--host")
    {
        Description = "A name or address by which nodes reach the broker, beside localhost; may be given several times.",
    };

    private static readonly Option<int?> Days = new("--days")
    {
        Description = "Life of the certificates that are made for broker, hub, registrar, desk for updates and watch, where a registrar runs: it renews them by itself. Without it twenty years, which is right where the clock may not have been set yet.",
    };

    public static Command Create()
    {
        var command = new Command(
            "certificates",
            "Makes the branch's certificate authority, the broker's certificate and those of the hub and the nodes. "
            + "Run it again with another --node to add one later.")
        {
            Branch, Out, Hub, Watch, Nodes, Hosts, Days,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Days) is < 1 or > 7300)
            {
                result.AddError("--days is 1 to 7300.");
            }
        });
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(Branch),
            parsed.GetRequiredValue(Out).FullName,
            [.. parsed.GetValue(Hub) ? [CertificatesAuthority.Hub, CertificatesAuthority.Registrar, CertificatesAuthority.Updates] : Array.Empty<string>(), .. parsed.GetValue(Watch) ? [CertificatesAuthority.Watch] : Array.Empty<string>()],
            parsed.GetValue(Nodes) ?? [],
            parsed.GetValue(Hosts) ?? [],
            parsed.GetValue(Days) is { } days ? Later(DateTimeOffset.UtcNow, BranchCertificates.ValidFrom).AddDays(days) : null,
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return command;
    }

    /// <summary>A clock that has not been set yet makes no certificate that ends before it begins.</summary>
    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static int Run(
        string branch, string folder, string[] roles, string[] nodes, string[] hosts, DateTimeOffset? until, TextWriter output, TextWriter errors)
    {
        var authority = new CertificatesAuthority(folder);
        try
        {
            string[] faults = [.. Faults(authority, branch, folder, nodes, hosts)];
            if (faults.Length > 0)
            {
                foreach (string fault in faults)
                {
                    errors.WriteLine($"edgequeue certificates: {fault}.");
                }

                return 1;
            }

            Directory.CreateDirectory(folder);
            Tell(CertificatesAuthority.Authority, authority.EnsureAuthority(branch));
            Tell(CertificatesAuthority.Broker, authority.EnsureBroker(hosts, until));
            output.WriteLine($"{(PhoneKeyFile.Ensure(folder) ? "made" : "kept"),-5} {Path.Combine(folder, PhoneHash.KeyFileName)}");
            foreach (string name in roles.Concat(nodes).Distinct())
            {
                // A node's that was made by hand is renewed by nobody.
                Tell(name, name == CertificatesAuthority.Updates ? authority.EnsureUpdates(until) : authority.EnsureClient(name, roles.Contains(name) ? until : null));
            }
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException)
        {
            errors.WriteLine($"edgequeue certificates: {folder}: {broken.Message}");
            return 1;
        }

        output.WriteLine(
            $"""

            The .key files can be read by their owner only. What has to go where:
              the broker   authority.crt, broker.crt, broker.key, revoked.crl: readable by the user mosquitto
                           (chgrp mosquitto broker.key && chmod 640 broker.key)
              hub, nodes   authority.crt and their own .crt and .key: owned by the user the program runs as
              dispensers   phone.key too, beside their certificate, when customers check in by phone number
              the registrar, or nowhere
                           authority.key: whoever has it can make a node. In a branch whose devices are
                           claimed, the registrar has it and nobody else; otherwise keep it offline
            """);
        return 0;

        void Tell(string name, bool made) => output.WriteLine($"{(made ? "made" : "kept"),-5} {authority.CertificatePath(name)}");
    }

    /// <summary>All of them, before anything is written.</summary>
    private static IEnumerable<string> Faults(
        CertificatesAuthority authority, string branch, string folder, string[] nodes, string[] hosts)
    {
        if (!Topics.IsName(branch))
        {
            yield return $"--branch '{branch}' is not a name: use 1 to {Topics.MaximumNameLength} of a-z, 0-9 and '-'";
        }

        foreach (string node in nodes)
        {
            if (CertificatesAuthority.WhyNotNode(node) is { } why)
            {
                yield return $"--node {why}";
            }
        }

        foreach (string host in hosts)
        {
            if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            {
                yield return $"--host '{host}' is neither a host name nor an address";
            }
        }

        if (authority.Branch() is { } existing && existing != branch)
        {
            yield return $"{folder} holds the certificates of branch '{existing}', not of '{branch}'; use another folder";
        }

        if (authority.KeyIsElsewhere())
        {
            yield return $"{authority.KeyPath(CertificatesAuthority.Authority)} is missing; "
                + "put it there for the moment in which certificates are made";
        }

        if (authority.BrokerHosts() is { } covered)
        {
            foreach (string host in hosts.Where(h => !covered.Contains(h, StringComparer.OrdinalIgnoreCase)))
            {
                yield return $"the broker's certificate is there already and is not for '{host}'; "
                    + $"delete {authority.CertificatePath(CertificatesAuthority.Broker)} to have it made anew (nodes notice nothing)";
            }
        }
    }
}
