using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Core.Updates;
using EdgeQueue.Hub.Commands;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Updates;

/// <summary>
/// The desk: hears, decides twice a second, writes down what was decided, and only then tells the devices. What they are told is made of what is written, so a desk that
/// was killed at any moment says the same again.
/// </summary>
internal sealed class UpdatesDesk(
    string branchFile, LoadedBranch branch, UpdatesFolder folder, BundleShelf shelf, QuietHours quiet, int port, IMqttConnection connection, ILogger log, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    private readonly BranchEars _ears = new(time);
    private readonly Complaints _complaints = new(log, time);
    private readonly Dictionary<string, byte[]> _told = new(StringComparer.Ordinal);
    private LoadedBranch _branch = branch;
    private DateTime _branchChanged;
    private DateTime _wishChanged;
    private UpdateWish? _wish;
    private RolloutState _state = RolloutState.None;
    private UpdateReport? _reported;
    private string? _notKept;
    private bool _connected;
    private long? _connectedAt;

    /// <summary>The wish in force; from any thread.</summary>
    public UpdateWish? Wish => Volatile.Read(ref _wish);

    /// <param name="alive">Called after each look.</param>
    public async Task RunAsync(Action alive, CancellationToken stop)
    {
        _state = folder.State();
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            do
            {
                Hear();
                ReadAgain();
                Decide();
                Tell();
                alive();
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private void Hear()
    {
        while (connection.Arrivals.TryRead(out MqttArrival? arrival))
        {
            switch (arrival)
            {
                case MqttConnected:
                    UpdatesLog.Connected(log);
                    _connected = true;
                    _connectedAt = time.GetTimestamp();
                    _told.Clear();
                    _ears.Connected();
                    break;
                case MqttDisconnected { Reason: var reason }:
                    _connected = false;
                    _connectedAt = null;
                    UpdatesLog.Disconnected(log, reason);
                    break;
                case MqttConnectFailed { Reason: var reason }:
                    UpdatesLog.Disconnected(log, reason);
                    break;
                case MqttMessage message when _branch.Topics.TryParse(message.Topic, out TopicAddress? address):
                    if (_ears.Take(message, address) is { } fault)
                    {
                        _complaints.Say("malformed", message.Topic, fault);
                    }

                    break;
            }
        }
    }

    private void ReadAgain()
    {
        if (File.GetLastWriteTimeUtc(branchFile) is var changed && changed != _branchChanged)
        {
            _branchChanged = changed;
            // A faulty one is the hub's to complain of; the one before goes on.
            if (ConfigurationFile.Read(branchFile, out _) is { } read && read.Configuration.Branch == _branch.Configuration.Branch)
            {
                _branch = read;
            }
        }

        if (File.GetLastWriteTimeUtc(folder.WishFile) is var wished && wished != _wishChanged)
        {
            _wishChanged = wished;
            UpdateWish? wish = folder.Wish(out string? fault);
            if (fault is not null)
            {
                UpdatesLog.WishRefused(log, folder.WishFile, fault);
            }
            else if (wish is not null && wish.Number < _state.Wish)
            {
                string why = string.Create(CultureInfo.InvariantCulture, $"its number {wish.Number} is lower than {_state.Wish}, which was in force already.");
                UpdatesLog.WishRefused(log, folder.WishFile, why);
            }
            else
            {
                Volatile.Write(ref _wish, wish);
                string bundles = wish is null ? "nothing" : string.Join(", ", wish.Bundles.Select(b => $"{b.Compatible} {b.Version}")) + (wish.Paused ? ", paused" : "");
                UpdatesLog.Wished(log, wish?.Number ?? 0, bundles);
            }
        }
    }

    private void Decide()
    {
        RolloutView view = _ears.View(_branch, _wish, shelf.Here) with { NotFetched = shelf.NotFetched };
        RolloutState next = RolloutDecider.Next(_state, view, quiet);
        if (!UpdateJson.Write(next).AsSpan().SequenceEqual(UpdateJson.Write(_state)))
        {
            try
            {
                folder.Keep(next);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Decided anew at the next look: nobody has heard of it.
                if (_notKept != fault.Message)
                {
                    UpdatesLog.NotKept(log, _notKept = fault.Message);
                }

                return;
            }

            _notKept = null;
            Log(_state, next);
            _state = next;
        }

        Report(view);
    }

    private void Log(RolloutState before, RolloutState now)
    {
        foreach (DeviceProgress device in now.Devices.Where(d => before.Wish != now.Wish || before.Of(d.Device) is not { } was || was.Step != d.Step || was.Attempt != d.Attempt))
        {
            UpdatesLog.Stepped(log, device.Device, device.Step, device.Version, device.Attempt);
        }

        if (now.Stopped is { } why && why != before.Stopped)
        {
            UpdatesLog.Stopped(log, why);
        }
    }

    /// <summary>For the hub's link, and for whoever looks.</summary>
    private void Report(RolloutView view)
    {
        if (_connectedAt is not { } since || time.GetElapsedTime(since) < Settled)
        {
            // What the broker keeps of the devices comes first: else a branch would look as if it had none.
            return;
        }

        UpdatableDevice[] meant = view.Wish is { } wish && wish.Number == _state.Wish ? [.. view.Devices.Where(d => RolloutDecider.BundleFor(d, wish) is not null)] : [];
        var report = new UpdateReport(
            1, view.Wish is null ? 0 : _state.Wish, meant.Length, meant.Count(d => _state.Of(d.Name)?.Step == DeviceStep.Done || RolloutDecider.Runs(d, RolloutDecider.BundleFor(d, view.Wish!)!)),
            _state.Devices.Count(d => d.IsBusy), _state.Devices.Count(d => d.Step == DeviceStep.Failed), _state.Stopped, RolloutDecider.Waiting(_state, view, quiet), view.Wish?.Paused ?? false);
        if (report != _reported)
        {
            try
            {
                folder.Report(report);
                _reported = report;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                _complaints.Say("report", folder.ReportFile, fault.Message);
            }
        }
    }

    private void Tell()
    {
        if (!_connected)
        {
            return;
        }

        IReadOnlyDictionary<string, UpdateOrder> orders = RolloutDecider.Orders(_state, _wish, _ears.Compatible, port);
        foreach ((string device, UpdateOrder order) in orders)
        {
            byte[] bytes = UpdateJson.Write(order);
            if (!_told.TryGetValue(device, out byte[]? before) || !bytes.AsSpan().SequenceEqual(before))
            {
                Publish(device, bytes);
            }
        }

        // What was told before, by this process or one before it, and is no order any more. Of a device that has not spoken yet nothing is known.
        foreach (string device in _told.Keys.Concat(_ears.Ordered).Distinct().Where(d => !orders.ContainsKey(d) && _ears.Compatible.ContainsKey(d)).ToList())
        {
            if (_ears.Ordered.Remove(device) | (_told.TryGetValue(device, out byte[]? before) && before.Length > 0))
            {
                Publish(device, []);
            }
        }
    }

    private void Publish(string device, byte[] bytes)
    {
        _told[device] = bytes;
        connection.PublishAsync(new MqttPublication(_branch.Topics.UpdateOrder(device), bytes, Retain: true)).ContinueWith(
            (done, _) =>
            {
                if (done.Result == PublishOutcome.Refused)
                {
                    UpdatesLog.NotLet(log, device);
                }
            },
            null, CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }
}
