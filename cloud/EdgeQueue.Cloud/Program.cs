using System.CommandLine;
using EdgeQueue.Cloud.Commands;

var root = new RootCommand("""
    The cloud of EdgeQueue: all branches in one view. It takes what the hubs of the branches report, shows it to head office, and
    is what people's phones talk to. A branch never needs it to serve people.

    To begin with, one process and one command, with SQLite inside:
      edgequeue-cloud run --database sqlite:/var/lib/edgequeue/cloud.db

    When one machine is not enough, the same several times, over one PostgreSQL and behind a proxy:
      edgequeue-cloud run --config /etc/edgequeue/cloud.json --database "postgresql:Host=db;Username=edgequeue;Database=edgequeue"

    Every setting of the file can also be given by the environment: EDGEQUEUE_CLOUD_LISTEN, EDGEQUEUE_CLOUD_DATABASE …,
    and with two underscores between a section and a name in it. The command line wins over the environment, that over the file.
    """)
{
    RunCommand.Make(),
    CheckCommand.Make(),
    MigrateCommand.Make(),
    AccountCommand.Make(),
    RoutesCommand.Make(),
};
ParseResult parsed = root.Parse(args);
return UsageCode.Of(parsed, await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }));
