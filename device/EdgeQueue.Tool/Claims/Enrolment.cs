using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Tool.Identity;

namespace EdgeQueue.Tool.Claims;

/// <summary>A device's claim at its hub, and the files that it leaves.</summary>
internal sealed class Enrolment(DeviceFile device, Action<string> showCode)
{
    /// <returns>The node's name.</returns>
    /// <exception cref="EnrolmentException">Refused, expired, somebody stands between, or the disk does not take it.</exception>
    public async Task<string> RunAsync(string host, int port, CancellationToken cancellation)
    {
        string name = "";
        await new ClaimConversation(key => new ClaimHello(1, key, device.Model, device.Units), showCode).RunAsync(
            host, port, device.State, claimed =>
            {
                Keep(claimed);
                name = claimed.Answer.Node;
            }, cancellation);
        return name;
    }

    /// <summary>The unit files last: who sees one of them sees the rest.</summary>
    private void Keep(Claimed claimed)
    {
        ClaimAnswer answer = claimed.Answer;
        string identity = Path.Combine(device.State, DeviceState.Identity);
        string trusted = Path.Combine(device.State, DeviceState.Authority);
        IdentityFile.WritePrivate(trusted, claimed.Authority.ExportCertificatePem() + "\n");
        IdentityFile.Write(identity, claimed.Certificate, claimed.Key);
        foreach (UnitConfiguration unit in answer.Units.Where(u => Topics.IsName(u.Unit)))
        {
            string state = Path.Combine(device.State, unit.Unit);
            Directory.CreateDirectory(state, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var file = new NodeFile
            {
                V = 1, Branch = answer.Branch, Node = answer.Node, State = state, Unit = unit,
                Broker = new BrokerConfiguration(answer.BrokerHost, answer.BrokerPort, trusted, identity, identity),
            };
            IdentityFile.WritePrivate(Path.Combine(device.State, DeviceState.UnitFile(unit.Unit)), System.Text.Encoding.UTF8.GetString(ContractJson.Write(file)));
        }
    }
}
