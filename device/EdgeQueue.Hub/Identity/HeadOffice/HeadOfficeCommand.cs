using System.CommandLine;
using System.Globalization;
using System.Net;
using EdgeQueue.Hub.Commands;

namespace EdgeQueue.Hub.Identity.HeadOffice;

/// <summary><c>edgequeue-hub head-office</c>; <c>edgequeue head-office</c> is the same.</summary>
internal static class HeadOfficeCommand
{
    /// <summary>As long as an authority of ours lives, so that a branch does not stop because nobody remembered.</summary>
    private const int UsualDays = 7300;

    public static Command Make()
    {
        var folder = new Option<string>("--certificates") { Description = "Folder with authority.crt and .key, broker.crt and .key, as 'edgequeue cloud-certificates' makes them.", Required = true };
        var broker = new Option<string>("--broker") { Description = "By which name and port branches reach the cloud's broker, host:port; the name must be in its certificate.", Required = true };
        var listen = new Option<string>("--listen") { Description = "Address and port on which hubs are heard.", DefaultValueFactory = _ => "0.0.0.0:8884" };
        var days = new Option<string>("--days") { Description = "How long a branch's certificate lives, 1 to 7300 days; never beyond its authority.", DefaultValueFactory = _ => UsualDays.ToString(CultureInfo.InvariantCulture) };
        var command = new Command(
            "head-office",
            """
            At head office: makes a branch one of its own, by the code that the branch's hub shows ('edgequeue join' there).

            It hears hubs for as long as it runs, on the machine that has the cloud's authority. Somebody types the code and the branch's name:

              edgequeue head-office --certificates /etc/edgequeue/cloud --broker cloud.example.org:8883
              4829 1730 oslo
              replace 4829 1730 oslo      the hub is another one: the certificate of the one before is revoked

            The technician at the hub reads the code to head office, by telephone; nobody else shows this code, so nobody stands between. Codes work
            once and for ten minutes; after wrong ones there is a pause. No key leaves the hub.
            Exit codes: 0 asked to stop, 2 command line, 5 the authority cannot be used, or the port is taken.
            """)
        {
            folder, broker, listen, days,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string address = parsed.GetRequiredValue(broker);
            int colon = address.LastIndexOf(':');
            if (colon <= 0 || !ushort.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
                || !IPEndPoint.TryParse(parsed.GetRequiredValue(listen), out IPEndPoint? at)
                || !int.TryParse(parsed.GetRequiredValue(days), NumberStyles.None, CultureInfo.InvariantCulture, out int life) || life is < 1 or > UsualDays)
            {
                await Console.Error.WriteLineAsync($"--broker is host:port, --listen is address:port, --days is 1 to {UsualDays}.");
                return ExitCode.Usage;
            }

            return await HeadOfficeProgram.RunAsync(
                parsed.GetRequiredValue(folder), new BrokerPlace(address[..colon], port), at, TimeSpan.FromDays(life), Console.In, Console.Out, cancellation);
        });
        return command;
    }
}
