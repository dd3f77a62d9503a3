using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Identity;

/// <summary>
/// Throws a node out of the broker. The revocation list refuses its next connection; the one that is open is ended by mosquitto's
/// dynamic security plugin, which disconnects everybody of a name when that name is deleted. The plugin knows no names otherwise and
/// leaves all decisions to the access list. Why it is done so: broker-config/README.md.
/// </summary>
internal sealed partial class BrokerDoor(IMqttConnection connection, string? pidFile, ILogger log)
{
    public const string Control = "$CONTROL/dynamic-security/v1";
    private const int HangUp = 1;

    /// <summary>One that was in the middle of its handshake the first time is met by the second.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(900);

    private const int Tries = 30;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    /// <summary>The list is written. Returns when the broker has thrown out everybody of that name.</summary>
    /// <returns>Null, or why it is not sure.</returns>
    public async Task<string?> ThrowOutAsync(string node, CancellationToken cancellation)
    {
        string? reload = Reload();
        string? first = await DisconnectAsync(node, cancellation);
        await Task.Delay(Again, cancellation);
        return await DisconnectAsync(node, cancellation) ?? first ?? reload;
    }

    /// <summary>mosquitto reads its revocation list and its own certificate again on SIGHUP; open connections stay.</summary>
    /// <returns>Null, or why not. Without a pid file something else has to do it (a systemd path unit on the two files).</returns>
    public string? Reload()
    {
        if (pidFile is null)
        {
            return null;
        }

        try
        {
            int pid = int.Parse(File.ReadAllText(pidFile).Trim(), CultureInfo.InvariantCulture);
            return pid > 1 && Kill(pid, HangUp) == 0
                ? null
                : $"the broker (process {pid}) could not be told to read its files again: {Marshal.GetLastPInvokeErrorMessage()}";
        }
        catch (Exception missing) when (missing is IOException or FormatException or OverflowException or UnauthorizedAccessException)
        {
            return $"the broker's process is not known: {missing.Message}";
        }
    }

    private async Task<string?> DisconnectAsync(string node, CancellationToken cancellation)
    {
        if (!Topics.IsName(node))
        {
            throw new ArgumentException("Not a node's name.", nameof(node));
        }

        byte[] order = Encoding.UTF8.GetBytes(
            $$"""{"commands":[{"command":"createClient","username":"{{node}}"},{"command":"deleteClient","username":"{{node}}"}]}""");
        PublishOutcome outcome = PublishOutcome.NotConnected;
        for (int tries = 0; tries < Tries && outcome is (PublishOutcome.NotConnected or PublishOutcome.ConnectionLost); tries++)
        {
            await Task.Delay(tries == 0 ? TimeSpan.Zero : BetweenTries, cancellation);
            outcome = await connection.PublishAsync(new MqttPublication(Control, order));
        }

        if (outcome is PublishOutcome.Accepted or PublishOutcome.NobodySubscribed)
        {
            IdentityLog.ThrownOut(log, node);
            return null;
        }

        return $"the broker did not take the order to disconnect '{node}' ({outcome}). Restart the broker: devices come back within seconds, '{node}' does not.";
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
