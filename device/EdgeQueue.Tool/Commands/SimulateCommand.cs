using System.CommandLine;
using EdgeQueue.Tool.Simulation.Models;
using EdgeQueue.Tool.Simulation.Scenarios;
using Command = System.CommandLine.Command;

namespace EdgeQueue.Tool.Commands;

/// <summary><c>edgequeue simulate</c>: many days of a branch, or a standard model, through the real decider.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var command = new TaughtCommand(
            "simulate",
            $"""
            Simulates many days of a branch, or a standard model of queueing theory, through the branch's own decider.

            A branch (--branch): customers come by a profile, with more on some days; appointments come early, late or not at all;
            services take a random time; who waits too long goes and tells nobody. Who is called is decided by the same code as in
            the branch. --what-if runs the same days, with the same customers, otherwise, and says what changes:

              edgequeue simulate --branch tests/Oracles/branch.json --days 200
              edgequeue simulate --branch branch.json --from-journal journal.db --what-if "counters=+3@11:00-13:00"
              edgequeue simulate --branch branch.json --what-if rule=fifo --what-if "rule=strict; counters=-2" --chart picture.svg
              edgequeue simulate --branch branch.json --what-if autocall=5 --what-if buffer=advice:2 --what-if "skills=c3:family"
              edgequeue simulate --branch tests/Oracles/branch.json --days 40 --export journal.jsonl

            A what-if is one or more of these, divided by ';', and may be said several times:

            {ScenarioText.Keys}

            Operators are the configured ones with their skills, each at the counter where the journal saw them most, otherwise in
            the order of the file; a counter for which there is none has somebody with all skills. Tickets
            are given in the configured hours (of the week together: no day of it is meant).
            Nothing known of the customers? Then a usual day at 85 % load is made up, and the report says so.

            A standard model (--model) is run until the standard error of every figure with a formula here is at most 2 %, in at
            most 2000 replications unless --replications says otherwise, and held against it. A figure without a formula, or not
            known to 2 % then, is told as not held. Exit code 0: all with a formula agree; 1: not. Times are in any one unit, rates per that unit:

              edgequeue simulate --model mmc --arrivals 0.8 --service exp:4 --servers 4 --within 5,10
              edgequeue simulate --model mmc-priority --arrivals 0.05,0.08,0.05 --service exp:5
              edgequeue simulate --model mg1 --arrivals 0.18 --service det:5
              edgequeue simulate --model erlang-a --arrivals 1 --service exp:5 --servers 5 --patience 20
              edgequeue simulate --model apq --arrivals 0.3,0.3,0.3 --rates 3,2,1 --service exp:1

            --service is {ServiceLaw.Forms}; all but mg1 need exp.
            """);
        BranchOptions.AddTo(command);
        ModelOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var (branch, model) = (parsed.GetValue(BranchOptions.Branch), parsed.GetValue(ModelOptions.Model));
            if ((branch is null) == (model is null))
            {
                parsed.InvocationConfiguration.Error.WriteLine("Say either --branch FILE or --model NAME; --help has examples.");
                return Task.FromResult(2);
            }

            return branch is null ? ModelOptions.RunAsync(parsed, cancellation) : BranchOptions.RunAsync(parsed, cancellation);
        });
        return command;
    }
}
