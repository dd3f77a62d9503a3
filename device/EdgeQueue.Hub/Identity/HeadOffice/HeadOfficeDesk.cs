using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Identity.HeadOffice;

/// <summary>What somebody at head office types: which hub is a branch's. One line after the other.</summary>
/// <param name="folder">As <c>edgequeue cloud-certificates</c> made it.</param>
internal sealed class HeadOfficeDesk(string folder, BranchAuthority authority, WaitingDevices waiting, BrokerPlace broker, ILogger log)
{
    public const string Replace = "replace";

    /// <returns>What to say to whoever typed it.</returns>
    public string Take(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool replaces = words is [Replace, ..];
        if (words[(replaces ? 1 : 0)..] is not [.. { Length: > 0 } code, var branch])
        {
            return $"Type the code that the hub shows and the branch's name: 4829 1730 oslo. With '{Replace}' before it, for a hub in the place of another.";
        }

        if (BranchCertificates.WhyNotNode(branch) is { } why)
        {
            return why + ".";
        }

        // Before the code is taken: the hub goes on showing it.
        bool has = authority.HasByHand(branch) || authority.Register.Find(branch)?.Current is not null;
        if (has != replaces)
        {
            return has
                ? $"'{branch}' has a certificate. If this hub takes the place of that one: {Replace} {string.Join(' ', code)} {branch}"
                : $"'{branch}' has no certificate, so there is nothing to replace.";
        }

        (WaitingDevice? hub, Refusal? refusal) = waiting.Take(string.Concat(code));
        if (hub is null)
        {
            IdentityLog.ClaimRefused(log, refusal!.Sentence);
            return refusal.Sentence.Replace("device", "hub", StringComparison.Ordinal).Replace("this hub:", "head office:", StringComparison.Ordinal);
        }

        if (hub.Hello.Branch != branch)
        {
            var other = new Refusal("otherBranch", $"This hub says that it is of branch '{hub.Hello.Branch}', and '{branch}' was typed at head office.");
            hub.Outcome.TrySetResult(new ClaimAnswer(1, "", "", "", 0, "", [], other));
            IdentityLog.ClaimRefused(log, other.Sentence);
            return other.Sentence;
        }

        return Give(hub, branch, replaces);
    }

    private string Give(WaitingDevice hub, string branch, bool replaces)
    {
        if (replaces)
        {
            IdentityLog.Revoked(log, branch, authority.Revoke(branch));
        }

        PublicKey key = BranchCertificates.ReadKey(Convert.FromBase64String(hub.Hello.PublicKey))!;
        string certificate = authority.Give(branch, key);
        // Beside those that were made by hand: 'edgequeue cloud-certificates --renew' finds it here.
        PrivateFile.Write(Path.Combine(folder, branch + ".crt"), Encoding.ASCII.GetBytes(certificate + "\n"), PrivateFile.Everybody);
        hub.Outcome.TrySetResult(new ClaimAnswer(1, authority.BranchName, branch, broker.Host, broker.Port, certificate, []));
        IdentityLog.Claimed(log, branch, authority.Register.Find(branch)!.Current!.Serial);
        return replaces
            ? $"'{branch}' has another hub. The one before is on the list of revoked certificates: start the cloud's broker anew, so that it is thrown out. The branches come back by themselves."
            : $"'{branch}' is one of head office's branches.";
    }
}
