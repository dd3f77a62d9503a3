using System.CommandLine;
using EdgeQueue.Panel;

var branch = new Option<FileInfo>("--branch") { Description = "The branch configuration.", Required = true };
var devices = new Option<string>("--devices") { Description = "Folder of the device files that the nodes open.", Required = true };
var url = new Option<string>("--url") { Description = "Where the page is served, e.g. http://127.0.0.1:8080/.", Required = true };
var hub = new Option<string?>("--hub") { Description = "Address of the hub's status page, for a link." };
var ports = new Option<string>("--printer-ports") { Description = "TCP ports of the printers, in the order of the dispensers.", Required = true };

var root = new RootCommand(
    "Plays the devices of a branch without hardware: buttons, keypads, LED displays, lamps, ticket printers and loudspeakers, "
    + "on one page, over the same bytes that real devices speak. Start it before the nodes.")
{
    branch, devices, url, hub, ports,
};
root.SetAction((arguments, cancellation) => PanelProgram.RunAsync(
    arguments.GetRequiredValue(branch), arguments.GetRequiredValue(devices), new Uri(arguments.GetRequiredValue(url)),
    arguments.GetValue(hub), arguments.GetRequiredValue(ports), cancellation));
return await root.Parse(args).InvokeAsync();
