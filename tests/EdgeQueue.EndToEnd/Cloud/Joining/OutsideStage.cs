using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Cloud.Bookings;
using EdgeQueue.EndToEnd.Cloud.Sms;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Cloud.Joining;

/// <summary>All that stands between a phone and a counter: Kannel with its fake network, the cloud, its broker, the hub with its own. One for a class of tests.</summary>
public sealed class OutsideStage : IAsyncLifetime
{
    private long _version;

    internal KannelUnderTest Kannel { get; private set; } = null!;

    internal BookableCloud Cloud { get; private set; } = null!;

    internal HubUnderTest Hub { get; private set; } = null!;

    internal TestUnit Dispenser { get; private set; } = null!;

    private Broker? Broker { get; set; }

    private Door? Door { get; set; }

    private TestUnit? Keypad { get; set; }

    public async ValueTask InitializeAsync()
    {
        int port = FreePorts.Take(1)[0];
        Door = new Door(port);
        Task<KannelUnderTest> kannel = KannelUnderTest.StartAsync(port);
        Broker = await Support.Broker.StartCloudAsync(Support.Broker.Branch);
        Kannel = await kannel;
        var settings = new Dictionary<string, string>(CloudStage.SettingsOf(Broker))
        {
            ["sms:callbackUrl"] = $"http://127.0.0.1:{port}", ["mobile:branches"] = "*", ["join:nearMinutes"] = "0", ["join:smsSeconds"] = "20",
            [$"join:branches:{Support.Broker.Branch}:keyword"] = "CENTRE",
        };
        foreach ((string name, string value) in Kannel.Settings)
        {
            settings[name] = value;
        }

        Cloud = await BookableCloud.StartAsync(more: settings, offers: BookableCloud.Offers(capacity: 2).Replace("\"branch\":\"demo\"", $"\"branch\":\"{Support.Broker.Branch}\"", StringComparison.Ordinal));
        Door.LeadTo(Cloud.Cloud.Port);
        // After the cloud: what a branch says of itself is heard at once then, and not half a minute later.
        Hub = await HubUnderTest.StartAsync(arguments: CloudStage.ArgumentsOf(Broker));
        await ConfigureAsync();
        Dispenser = await TestUnit.DispenserAsync(Hub);
        Keypad = await TestUnit.KeypadAsync(Hub, 1);
        _version = (await Keypad.DoAsync(new OpenCounter("c1", "11", null, false, default))).Counter!.Version;
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            using HttpResponseMessage page = await Cloud.Cloud.Http.GetAsync("/join/" + Support.Broker.Branch);
            if (page.IsSuccessStatusCode)
            {
                break;
            }

            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "the branch is known to the cloud");
        }
    }

    /// <summary>The operator of counter 1 does something with what they see.</summary>
    internal async Task<CounterMessage> AtCounterAsync(Func<long, Command> command)
    {
        ReplyMessage reply = await Keypad!.DoAsync(command(_version));
        Assert.True(reply.Refusal is null, reply.Refusal?.Sentence);
        _version = reply.Counter!.Version;
        return reply.Counter;
    }

    /// <summary>Until the phone has got this, in one message or in parts.</summary>
    /// <param name="from">Messages before this one do not count.</param>
    internal async Task<string> GetsAsync(string phone, string text, int from = 0)
    {
        string? found = null;
        await Eventually.Is(
            () => (found = Kannel.Received.Skip(from).FirstOrDefault(m => m.Contains(phone, StringComparison.Ordinal) && m.Contains(text, StringComparison.Ordinal))) is not null,
            $"{phone} gets '{text}'", 60);
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable? part in (IAsyncDisposable?[])[Keypad, Dispenser, Hub, Cloud, Kannel, Broker, Door])
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }

    private async Task ConfigureAsync()
    {
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(Hub.Configuration))!;
        configuration["revision"] = 2;
        configuration["ticketLink"] = "/t/{secret}";
        configuration["policy"] ??= new JsonObject();
        configuration["policy"]!["moreTime"] = new JsonObject { ["minutes"] = 10, ["times"] = 1 };
        await File.WriteAllTextAsync(Hub.Configuration, configuration.ToJsonString());
    }
}
