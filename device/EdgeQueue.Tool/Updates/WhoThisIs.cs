using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Updates;

namespace EdgeQueue.Tool.Updates;

/// <summary>Who this device is at its branch's broker.</summary>
internal sealed record WhoThisIs(string Branch, string Node, BrokerConfiguration Broker)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>Waits until a technician has claimed the device, for as long as it takes.</summary>
    public static async Task<WhoThisIs> WhenKnownAsync(UpdaterFile file, Action<string> say, CancellationToken cancellation)
    {
        for (bool said = false; ; await Task.Delay(LookAgain, cancellation))
        {
            if (file.State is null)
            {
                return new WhoThisIs(file.Branch!, file.Node!, file.Broker!);
            }

            string? unit = Directory.Exists(file.State)
                ? Directory.GetFiles(file.State, DeviceState.UnitFile("*")).Order(StringComparer.Ordinal).FirstOrDefault() : null;
            if (unit is not null && ContractJson.TryRead(await File.ReadAllBytesAsync(unit, cancellation), out NodeFile? node, out _))
            {
                return new WhoThisIs(node.Branch, node.Node, node.Broker);
            }

            if (!said)
            {
                said = true;
                say("this device belongs to no branch yet: waiting until it is claimed");
            }
        }
    }
}
