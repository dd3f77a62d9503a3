using System.CommandLine;
using EdgeQueue.Tool.Simulation.Models;
using Command = System.CommandLine.Command;

namespace EdgeQueue.Tool.Commands;

/// <summary><c>edgequeue simulate</c>: many days of a branch, or a standard model, through the real decider.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var command = new Command(
            "simulate",
            $"""
            Simulates a standard model of queueing theory, through the branch's own decider.

            A standard model (--model) is run until the standard error of every figure that theory knows is at most 2 %, and
            held against it. Times are in any one unit, rates per that unit:

              edgequeue simulate --model mmc --arrivals 0.8 --service exp:4 --servers 4 --within 5,10
              edgequeue simulate --model mmc-priority --arrivals 0.05,0.08,0.05 --service exp:5
              edgequeue simulate --model mg1 --arrivals 0.18 --service det:5
              edgequeue simulate --model erlang-a --arrivals 1 --service exp:5 --servers 5 --patience 20
              edgequeue simulate --model apq --arrivals 0.3,0.3,0.3 --rates 3,2,1 --service exp:1

            --service is {ServiceLaw.Forms}; all but mg1 need exp.
            """);
        ModelOptions.AddTo(command);
        command.SetAction((parsed, cancellation) => ModelOptions.RunAsync(parsed, cancellation));
        return command;
    }
}
