namespace EdgeQueue.Node.Host;

/// <summary>The command line: one role, one file.</summary>
/// <param name="Unit">With <see cref="Device"/>: which of the device's units; null: its only one.</param>
public sealed record NodeArguments(string Role, string ConfigurationFile, string? Unit = null)
{
    /// <summary>In the place of a role: the claim says which.</summary>
    public const string Device = "device";

    public const string Help = """
        edgequeue-node: one device of an EdgeQueue branch.

          edgequeue-node dispenser --config FILE    buttons and ticket printer
          edgequeue-node display   --config FILE    LED display of a counter
          edgequeue-node keypad    --config FILE    an operator's keypad
          edgequeue-node audio     --config FILE    the loudspeaker of a zone
          edgequeue-node device    --config DEVICE  a device that may be new: shows a claim code until a technician
                                                    has accepted it at the hub, then plays its unit (--unit NAME)
          edgequeue-node --version

        FILE is JSON and names the branch, this node, the broker with the certificates, a folder for what
        must survive a power cut, and the one unit that this process plays:

          {
            "v": 1, "branch": "main-street", "node": "hall",
            "broker": { "host": "192.168.1.10", "port": 8883, "authority": "/etc/edgequeue/ca.crt",
                        "certificate": "/etc/edgequeue/hall.crt", "key": "/etc/edgequeue/hall.key" },
            "state": "/var/lib/edgequeue",
            "unit": { "unit": "buttons", "dispenser": { "input": "/dev/input/by-path/…-event-kbd",
                      "buttons": [ { "key": "KEY_1", "service": "cash" } ],
                      "printer": { "path": "/dev/usb/lp0" } } }
          }

        It runs until stopped (Ctrl-C or SIGTERM), writes one line an event, and exits with 0; with 2 when the
        command line or FILE is wrong, and with 1 when the machine is. Offline is no error: it goes on and catches up.

        """;

    private static readonly string[] Roles = ["dispenser", "display", "keypad", "audio"];

    /// <summary>The arguments, or a sentence about what is wrong with them.</summary>
    public static (NodeArguments? Arguments, string? Fault) Parse(IReadOnlyList<string> arguments)
    {
        if (arguments is [Device, "--config", _] or [Device, "--config", _, "--unit", _])
        {
            return (new NodeArguments(Device, arguments[2], arguments.Count > 3 ? arguments[4] : null), null);
        }

        if (arguments is [Device, ..])
        {
            return (null, "After 'device' comes --config DEVICE, and --unit NAME where the device has several units: edgequeue-node device --config DEVICE. See --help.");
        }

        if (arguments.Count == 0 || !Roles.Contains(arguments[0]))
        {
            return (null, $"The first argument is a role ({string.Join(", ", Roles)}) or '{Device}'. See --help.");
        }

        return arguments.Count == 3 && arguments[1] == "--config"
            ? (new NodeArguments(arguments[0], arguments[2]), null)
            : (null, $"After the role comes --config FILE and nothing else: edgequeue-node {arguments[0]} --config FILE. See --help.");
    }
}
