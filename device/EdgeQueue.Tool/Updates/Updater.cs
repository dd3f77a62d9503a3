using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Tool.Updates;

/// <summary>
/// One order at a time: fetch, install, wait for the word, start anew, see what came up. Each step is on the disk before it is done and before anybody is told of it, so that
/// this process may be killed at any moment and goes on from there. It decides nothing: the hub orders, RAUC judges the bundle, the device's own health judges the image.
/// </summary>
internal sealed class Updater(UpdaterFile file, WhoThisIs me, UpdaterDisk disk, Action<string> say, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TellPercentEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan InstallAgainAfter = TimeSpan.FromSeconds(15);

    /// <summary>An installation that went on without this process, which was killed, is let end first.</summary>
    private const int MostInstallsAfterKill = 8;

    private readonly Topics _topics = new(me.Branch);
    private readonly DeviceImage _image = new(file);
    private UpdateOrder? _ordered;
    private bool _heard;
    private bool _connected;
    private byte[] _told = [];
    private long _toldAt;
    private int _percent;
    private CancellationTokenSource? _cut;
    private Task? _work;

    public MqttOptions Connection() => new()
    {
        Host = me.Broker.Host, Port = me.Broker.Port, ClientId = me.Node + "/updater", LongestRetry = TimeSpan.FromSeconds(5),
        Tls = new MqttTls(me.Broker.Authority, me.Broker.Certificate, me.Broker.Key),
        Subscriptions = [_topics.UpdateOrder(me.Node)],
        Will = new MqttPublication(_topics.UpdateState(me.Node), UpdateJson.Write(State() with { Online = false }), Retain: true),
    };

    public async Task RunAsync(IMqttConnection connection, CancellationToken stop)
    {
        bool resumed = disk.Now.Phase == UpdatePhase.Installing;
        say($"updater of {me.Branch}/{me.Node}, {file.Compatible} {_image.Version}, {Words(disk.Now)}");
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            do
            {
                Hear(connection);
                if (_work is { IsCompleted: true } ended)
                {
                    _work = null;
                    await ended;
                }

                Adopt();
                if (_work is null)
                {
                    _work = Begin(resumed, stop);
                    resumed = false;
                }

                Tell(connection);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop: what was begun goes on from the disk.
        }
        finally
        {
            _cut?.Cancel();
            if (_work is not null)
            {
                await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _cut?.Dispose();
        }
    }

    private void Hear(IMqttConnection connection)
    {
        while (connection.Arrivals.TryRead(out MqttArrival? arrival))
        {
            switch (arrival)
            {
                case MqttConnected:
                    _connected = true;
                    _told = [];
                    break;
                case MqttDisconnected or MqttConnectFailed:
                    _connected = false;
                    break;
                case MqttMessage { Payload.IsEmpty: true }:
                    (_ordered, _heard) = (null, true);
                    break;
                case MqttMessage message when UpdateJson.TryRead(message.Payload.Span, out UpdateOrder? order, out _) && order.IsWhole():
                    (_ordered, _heard) = (order, true);
                    break;
                case MqttMessage:
                    say("an order that is none is not heard");
                    break;
            }
        }
    }

    /// <summary>Another order than the one that this device has, or none any more: unless it is just being installed or tried, which ends first.</summary>
    private void Adopt()
    {
        UpdaterRecord now = disk.Now;
        if (!_heard || now.Phase is UpdatePhase.Installing or UpdatePhase.Restarting || _ordered?.Order == now.Order?.Order)
        {
            return;
        }

        if (_ordered is not null || now.Phase is UpdatePhase.Downloading or UpdatePhase.RestartWanted)
        {
            _cut?.Cancel();
            if (_work is { IsCompleted: false })
            {
                // It ends now; at the next look there is room for the other one.
                return;
            }

            Put(_ordered is null ? new UpdaterRecord(1, null, UpdatePhase.Idle)
                : _ordered.Compatible != file.Compatible
                    ? new UpdaterRecord(1, _ordered, UpdatePhase.Failed, UpdatePhase.Installing, $"the bundle is for {_ordered.Compatible}, this device is {file.Compatible}")
                : _image.Version == _ordered.Version && _image.IsHealthy(_ordered.Version) ? new UpdaterRecord(1, _ordered, UpdatePhase.Healthy)
                : new UpdaterRecord(1, _ordered, UpdatePhase.Downloading));
            disk.Tidy(_ordered);
        }
    }

    private Task? Begin(bool resumed, CancellationToken stop)
    {
        UpdaterRecord now = disk.Now;
        switch (now.Phase)
        {
            case UpdatePhase.Downloading:
                _cut?.Dispose();
                _cut = CancellationTokenSource.CreateLinkedTokenSource(stop);
                return DownloadAsync(now.Order!, _cut.Token);
            case UpdatePhase.Installing:
                return InstallAsync(now.Order!, resumed ? MostInstallsAfterKill : 1, stop);
            case UpdatePhase.RestartWanted when _image.Version == now.Order!.Version:
                // Somebody else started the machine anew, or a power cut did.
                Judge(now.Order);
                return null;
            case UpdatePhase.RestartWanted when _ordered is { Restart: true } word && word.Order == now.Order.Order:
                Put(now with { Phase = UpdatePhase.Restarting, Boot = _image.BootId });
                return null;
            case UpdatePhase.Restarting when _image.BootId == now.Boot:
                return RestartAsync(stop);
            case UpdatePhase.Restarting:
                Judge(now.Order!);
                return null;
            default:
                return null;
        }
    }

    private async Task DownloadAsync(UpdateOrder order, CancellationToken cancellation)
    {
        string? why;
        try
        {
            why = disk.WhyNoRoom(order);
            if (why is null)
            {
                using HttpClient http = HubDoor.Open(me.Broker);
                why = await new BundleDownload(http).RunAsync(
                    new Uri(string.Create(CultureInfo.InvariantCulture, $"https://{me.Broker.Host}:{order.Port}/bundles/{order.Sha256}")), disk.BundleOf(order), order.Size, order.Sha256,
                    bytes => Volatile.Write(ref _percent, (int)(bytes * 100 / order.Size)), cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            why = broken.Message;
        }

        if (why is not null && disk.IsShort)
        {
            // What else this device keeps needs the room more than half of a bundle does.
            disk.Tidy(null);
        }

        Put(why is null ? disk.Now with { Phase = UpdatePhase.Installing } : disk.Now with { Phase = UpdatePhase.Failed, FailedAt = UpdatePhase.Downloading, Reason = why });
    }

    private async Task InstallAsync(UpdateOrder order, int tries, CancellationToken stop)
    {
        string? why = null;
        for (int i = 0; i < tries; i++)
        {
            if (i > 0)
            {
                await Task.Delay(InstallAgainAfter, time, stop);
            }

            why = await OutsideProgram.RunAsync([.. file.Install, disk.BundleOf(order)], Percent, stop);
            if (why is null)
            {
                break;
            }
        }

        Put(why is null ? disk.Now with { Phase = UpdatePhase.RestartWanted } : disk.Now with { Phase = UpdatePhase.Failed, FailedAt = UpdatePhase.Installing, Reason = why });
    }

    /// <summary>The machine ends this process; when it does not, the next look tries again, or the hub loses its patience.</summary>
    private async Task RestartAsync(CancellationToken stop)
    {
        say("starting the machine anew");
        if (await OutsideProgram.RunAsync(file.Restart, say, stop) is { } why)
        {
            Put(disk.Now with { Phase = UpdatePhase.Failed, FailedAt = UpdatePhase.Restarting, Reason = why });
            return;
        }

        await Task.Delay(TimeSpan.FromMinutes(2), time, stop);
    }

    private void Judge(UpdateOrder order)
    {
        string version = _image.Version;
        if (version != order.Version)
        {
            Put(disk.Now with { Phase = UpdatePhase.Failed, FailedAt = UpdatePhase.Restarting, Reason = $"it came back with version {version}: {order.Version} did not become healthy" });
        }
        else if (_image.IsHealthy(version))
        {
            Put(disk.Now with { Phase = UpdatePhase.Healthy });
        }
    }

    private void Put(UpdaterRecord record)
    {
        disk.Put(record);
        Volatile.Write(ref _percent, 0);
        if (record.Phase is UpdatePhase.Healthy or UpdatePhase.Failed && record.FailedAt != UpdatePhase.Downloading)
        {
            // A part of a download is kept for the next attempt.
            disk.Tidy(null);
        }

        say(Words(record));
    }

    /// <summary>rauc(1) says "  40% Copying image to rootfs.1".</summary>
    private void Percent(string line)
    {
        int sign = line.IndexOf('%', StringComparison.Ordinal);
        if (sign > 0 && int.TryParse(line.AsSpan(0, sign).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int percent) && percent <= 100)
        {
            Volatile.Write(ref _percent, percent);
        }
    }

    private UpdateState State()
    {
        UpdaterRecord now = disk.Now;
        string version = _image.Version;
        return new UpdateState(
            1, true, file.Compatible, version, _image.IsHealthy(version), now.Order?.Order, now.Phase, now.Phase is UpdatePhase.Downloading or UpdatePhase.Installing ? Volatile.Read(ref _percent) : 0,
            now.FailedAt, now.Reason);
    }

    private void Tell(IMqttConnection connection)
    {
        if (!_connected)
        {
            return;
        }

        UpdateState state = State();
        byte[] bytes = UpdateJson.Write(state);
        bool onlyPercent = _told.Length > 0 && UpdateJson.TryRead(_told, out UpdateState? told, out _) && told with { Percent = state.Percent } == state;
        if (bytes.AsSpan().SequenceEqual(_told) || (onlyPercent && time.GetElapsedTime(_toldAt) < TellPercentEvery))
        {
            return;
        }

        (_told, _toldAt) = (bytes, time.GetTimestamp());
        _ = connection.PublishAsync(new MqttPublication(_topics.UpdateState(me.Node), bytes, Retain: true));
    }

    private static string Words(UpdaterRecord record) => record.Order is not { } order ? "nothing is ordered"
        : $"order {order.Order}, version {order.Version}: {record.Phase}{(record.Reason is null ? "" : $" at {record.FailedAt}, {record.Reason}")}";
}
