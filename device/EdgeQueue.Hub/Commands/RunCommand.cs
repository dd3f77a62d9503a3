using System.CommandLine;
using EdgeQueue.Hub.Link;

namespace EdgeQueue.Hub.Commands;

/// <summary>What <c>edgequeue-hub run</c> was told.</summary>
internal sealed record RunOptions(
    string BranchFile, string Journal, bool Create, string BrokerHost, int BrokerPort, string Certificates, string? Http, string? ClockFile, string? Bookings = null, CloudAddress? Cloud = null, string? Updates = null);

/// <summary><c>edgequeue-hub run</c>.</summary>
internal static class RunCommand
{
    public static Command Make()
    {
        var branch = new Option<string>("--branch") { Description = "The branch configuration, a JSON file. Watched: a faultless change applies at once, a faulty one is reported and not used.", Required = true };
        var journal = new Option<string>("--journal") { Description = "The branch's journal. Must exist: 'init' makes one.", Required = true };
        var create = new Option<bool>("--create") { Description = "Make the journal when there is none. For demonstrations and tests only: a branch whose disk is not mounted would begin at number 1 again." };
        var broker = new Option<string>("--broker") { Description = "The branch's broker, host:port, with TLS.", DefaultValueFactory = _ => "localhost:8883" };
        var certificates = new Option<string>("--certificates") { Description = "Folder with authority.crt, hub.crt and hub.key ('edgequeue certificates' makes them).", Required = true };
        var http = new Option<string?>("--http") { Description = "Address of the status page, /healthz and /metrics, e.g. 127.0.0.1:8080. Without it there is none." };
        var bookings = new Option<string?>("--bookings") { Description = "For a branch without a cloud: a file of bookings, made by 'edgequeue bookings import'. Watched: a newer version applies at once." };
        var cloud = new Option<string?>("--cloud") { Description = "The cloud's broker, host:port, with TLS; several with commas. Without it the branch has no cloud and needs none." };
        var cloudCertificates = new Option<string?>("--cloud-certificates") { Description = "Folder with the cloud's authority.crt and this branch's own certificate and key for it, {branch}.crt and {branch}.key ('edgequeue cloud-certificates' makes them)." };
        var updates = new Option<string?>("--updates") { Description = "The folder of 'edgequeue-hub updates run': what the cloud wishes of the devices' system images goes there. Without it such a wish is not heard." };
        var clock = new Option<string?>("--clock-file") { Description = "For training and tests: a file with milliseconds to add to the wall clock, read twice a second. A step of the clock is played by changing it." };
        var command = new Command("run", """
            Runs the hub until SIGTERM. SIGHUP reads the configuration again.

            Exit codes: 0 asked to stop, 2 command line, 3 journal missing, unreadable or in use, 4 configuration, 70 bug.

            Example:
              edgequeue-hub init --journal /var/lib/edgequeue/branch.journal --branch-name main-street
              edgequeue-hub run --branch /etc/edgequeue/branch.json --journal /var/lib/edgequeue/branch.journal \
                --broker localhost:8883 --certificates /etc/edgequeue/certificates --http 127.0.0.1:8080
            """)
        {
            branch, journal, create, broker, certificates, http, bookings, cloud, cloudCertificates, updates, clock,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string address = parsed.GetRequiredValue(broker);
            int colon = address.LastIndexOf(':');
            if (colon <= 0 || !ushort.TryParse(address.AsSpan(colon + 1), out ushort port))
            {
                await Console.Error.WriteLineAsync($"--broker {address}: give host:port, e.g. localhost:8883.");
                return ExitCode.Usage;
            }

            CloudAddress? link = null;
            if (parsed.GetValue(cloud) is { } brokers && (link = CloudAddress.Parse(brokers, parsed.GetValue(cloudCertificates), out string? fault)) is null)
            {
                await Console.Error.WriteLineAsync(fault);
                return ExitCode.Usage;
            }

            var options = new RunOptions(
                parsed.GetRequiredValue(branch), parsed.GetRequiredValue(journal), parsed.GetValue(create), address[..colon], port,
                parsed.GetRequiredValue(certificates), parsed.GetValue(http), parsed.GetValue(clock), parsed.GetValue(bookings), link, parsed.GetValue(updates));
            return await HubProgram.RunAsync(options, cancellation);
        });
        return command;
    }
}
