using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Tool.Play;

/// <summary>What is played, where and how fast.</summary>
/// <param name="Folder">Of the running branch (<c>edgequeue up --dir</c>).</param>
/// <param name="Pins">By counter; a counter without one stays as it is.</param>
/// <param name="Walk">From the call to the counter, in the day's time.</param>
internal sealed record PlayOptions(
    string Folder, LoadedBranch Branch, IReadOnlyList<RecordedArrival> Day, IReadOnlyDictionary<string, string> Pins, double Speed, TimeSpan Walk);

/// <summary>Plays a day: everybody presses, nobody but the branch decides.</summary>
internal sealed class DayPlayer(PlayOptions options, TextWriter console, TimeProvider time)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>So many looks in a row nobody could be called: whoever still holds a ticket never will be.</summary>
    private const int LastLooks = 5;

    /// <summary>Why this day cannot be played in this branch; empty: it can.</summary>
    public static IReadOnlyList<string> Faults(LoadedBranch branch, IReadOnlyList<RecordedArrival> day) =>
    [
        .. day.Select(c => (c.Service, c.Segment)).Distinct()
            .Where(kind => !Dispensers(branch).Any(d => PlayedDispenser.ButtonFor(d.Dispenser, Of(kind)) is not null))
            .Select(kind => $"no dispenser has a button for service '{kind.Service}'{(kind.Segment is null ? "" : $" with segment '{kind.Segment}'")}"),
    ];

    /// <summary>Plays until nobody is left who could be called, or until cancelled; returns everybody.</summary>
    /// <exception cref="StageException">The branch does not run.</exception>
    public async Task<IReadOnlyList<PlayedCustomer>> RunAsync(CancellationToken cancellation)
    {
        var clock = new PlayClock(options.Speed, time);
        var hall = new PlayedHall(options.Day, clock);
        var stage = StageFile.Read(options.Folder);
        var ears = new PlayEars(options.Branch.Topics, options.Folder, stage.BrokerPort, hall);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var devices = new SimulatedDevices(Path.Combine(options.Folder, "devices"), []);
        var dispensers = Dispensers(options.Branch)
            .Select(d => new PlayedDispenser(d.Unit, d.Dispenser, devices.Input(d.Unit), hall, clock)).ToList();
        var operators = Operators(devices, ears, hall, clock);
        var listening = ears.RunAsync(stop.Token);
        try
        {
            await ears.Listening.WaitAsync(Patience, cancellation);
            List<Task> playing =
            [
                listening,
                .. dispensers.Select(d => d.RunAsync([.. hall.Customers.Where(c => At(c) == d.Unit)], stop.Token)),
                .. operators.Select(o => o.RunAsync(stop.Token)),
            ];
            for (int quiet = 0; quiet < LastLooks && !hall.AllDone && !cancellation.IsCancellationRequested; quiet = IsOver(hall, operators) ? quiet + 1 : 0)
            {
                if (playing.Find(task => task.IsFaulted) is { } broken)
                {
                    await broken;
                }

                Tell(hall, clock);
                await Task.WhenAny([.. playing.Where(t => !t.IsCompleted), Task.Delay(ProgressEvery, time, cancellation)]);
            }
        }
        catch (TimeoutException)
        {
            throw new StageException($"The branch in {options.Folder} does not run any more: its broker does not answer on port {stage.BrokerPort}.");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C: what was seen so far is told.
        }
        finally
        {
            await stop.CancelAsync();
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            dispensers.ForEach(d => d.Dispose());
            operators.ForEach(o => o.Dispose());
        }

        var refused = operators.Sum(o => o.Refused);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{clock.Now:hh\\:mm\\:ss} of the day played in {clock.Now / clock.Speed:hh\\:mm\\:ss}; {refused} keys at the counters were refused or not answered"));
        if (hall.Count(CustomerState.Waiting) is > 0 and var left && IsOver(hall, operators))
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{left} were never called: their tickets were not printed, or nobody was at a counter for them"));
        }

        return hall.Customers;
    }

    private static bool IsOver(PlayedHall hall, List<PlayedOperator> operators) =>
        hall.Count(CustomerState.Coming) + hall.Count(CustomerState.AtDispenser) + hall.Count(CustomerState.BeingServed) == 0 && operators.All(o => o.IsIdle);

    private List<PlayedOperator> Operators(SimulatedDevices devices, PlayEars ears, PlayedHall hall, PlayClock clock)
    {
        var operators = new List<PlayedOperator>();
        foreach (var counter in options.Branch.Configuration.Counters)
        {
            if (options.Pins.GetValueOrDefault(counter.Id) is { } pin
                && options.Branch.Units.FirstOrDefault(u => u.Unit.Keypad?.Counter == counter.Id).Address is { } keypad)
            {
                var profile = options.Branch.OperatorTyping(pin)?.WorkProfile ?? counter.WorkProfile;
                operators.Add(new PlayedOperator(
                    counter, keypad, devices.Input(keypad), pin, options.Branch.WorkProfile(profile)!.Services.ToHashSet(StringComparer.Ordinal),
                    options.Branch.Configuration.Policy, options.Walk, ears, hall, clock));
            }
        }

        return operators.Count > 0 ? operators : throw new StageException("No counter has a keypad and a PIN: nobody would be called. Give them with --pins FILE.");
    }

    private UnitAddress At(PlayedCustomer customer) =>
        Dispensers(options.Branch).First(d => PlayedDispenser.ButtonFor(d.Dispenser, customer.Recorded) is not null).Unit;

    private void Tell(PlayedHall hall, PlayClock clock) => console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{clock.Now:hh\\:mm\\:ss}  {hall.Customers.Count - hall.Count(CustomerState.Coming)} of {hall.Customers.Count} have come, {hall.Count(CustomerState.Waiting)} wait, {hall.Count(CustomerState.BeingServed)} are served now, {hall.Count(CustomerState.Served)} were, {hall.Count(CustomerState.Left)} left"));

    private static IEnumerable<(UnitAddress Unit, DispenserConfiguration Dispenser)> Dispensers(LoadedBranch branch) =>
        branch.Units.Where(u => u.Unit.Dispenser is not null).Select(u => (u.Address, u.Unit.Dispenser!));

    private static RecordedArrival Of((string Service, string? Segment) kind) =>
        new(TimeSpan.Zero, kind.Service, kind.Segment, TimeSpan.Zero, null);
}
