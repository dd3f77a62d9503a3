using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Node.Host.Doctor;

/// <summary>
/// Answers a technician at the hub who asks how this unit is: what the unit itself knows, then what <c>edgequeue doctor</c> finds on this
/// device, and when that was asked for what the role shows, says or prints as a test. One at a time, within a bounded time; the unit goes
/// on meanwhile.
/// </summary>
/// <param name="say">As <see cref="NodeHost.PublishAsync"/>.</param>
/// <param name="look">Runs the tool on this unit's file; each line of its output is told. Its exit code; null: it could not be started.</param>
/// <param name="try">The role's test; null: the role has none.</param>
public sealed class RemoteDoctor(
    NodeHost host, Func<MqttPublication, Task<PublishOutcome>> say, Func<Action<string>, CancellationToken, Task<int?>> look, Func<DoctorAsk, CancellationToken, Task<Finding>>? @try, CancellationToken stopping)
{
    /// <summary>The tool waits 10 s for a heartbeat and some seconds for a printer that is silent.</summary>
    public static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(30);

    /// <summary>A test waits its turn behind what the branch needs: a call that is spoken, a ticket that is printed.</summary>
    public static readonly TimeSpan LongestTest = TimeSpan.FromSeconds(20);

    private readonly string topic = host.Topics.DoctorFindings(host.Address);
    private string? asked;
    private int busy;

    /// <summary>A message on the unit's <c>doctor/…/ask</c>; on the host's thread, never waits.</summary>
    /// <returns>Null, or why it is no question.</returns>
    public string? Take(MqttMessage message)
    {
        if (message.Retained)
        {
            // Somebody had the broker keep it: it would be answered at each connection.
            return "a question is not kept by the broker";
        }

        if (!DoctorAsk.TryRead(message.Payload.Span, out var ask, out var fault))
        {
            return fault;
        }

        if (ask.Id == asked)
        {
            // Heard twice, as QoS 1 may: answered once.
            return null;
        }

        if (Interlocked.Exchange(ref busy, 1) == 0)
        {
            asked = ask.Id;
            _ = Task.Run(() => AnswerAsync(ask), CancellationToken.None);
        }
        else
        {
            _ = say(Publication(new DoctorAnswer(1, ask.Id, true, [], Refusal: new Refusal("busy", $"{host.Address} is being looked at already. Ask again in a minute."))));
        }

        return null;
    }

    private async Task AnswerAsync(DoctorAsk ask)
    {
        try
        {
            host.Log.Info(NodeEvent.DoctorAsked, $"a technician at the hub asks how this unit is{(ask.Try ? ", with a test" : "")}");
            _ = say(Publication(new DoctorAnswer(1, ask.Id, false, [])));
            List<Finding> found = [.. Own()];
            await LookAsync(found);
            if (ask.Try)
            {
                found.Add(await TryAsync(ask));
            }

            var outcome = await say(Publication(DoctorAnswer.Of(ask.Id, found)));
            if (outcome != PublishOutcome.Accepted)
            {
                host.Log.Warn(NodeEvent.DoctorAsked, $"the findings did not reach the hub: {outcome}");
            }
        }
        catch (OperationCanceledException)
        {
            // The unit is being stopped.
        }
        finally
        {
            Volatile.Write(ref busy, 0);
        }
    }

    /// <summary>What the unit says of itself all the time: its faults have their advice in their sentence.</summary>
    private IEnumerable<Finding> Own()
    {
        var status = host.Status.Message(online: true);
        return status.Faults.Count == 0
            ? [Finding.Well("unit", $"{status.Role} {host.Address}, version {status.Version}, reports no fault")]
            : status.Faults.Select(f => new Finding(f.Code, f.Code == "paperNearEnd" ? Health.Soon : Health.Broken, f.Sentence));
    }

    private async Task LookAsync(List<Finding> found)
    {
        var heard = new List<Finding>();
        var last = "";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(LongestLook);
        int? code = null;
        var late = false;
        try
        {
            code = await look(Hear, limit.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            late = true;
        }

        lock (heard)
        {
            found.AddRange(heard);
            if (late || code is not (0 or 1))
            {
                found.Add(new Finding("doctor", Health.Broken, late
                        ? string.Create(CultureInfo.InvariantCulture, $"edgequeue doctor had not ended after {LongestLook.TotalSeconds:0} s")
                        : $"edgequeue doctor could not look at this device: {(last.Length > 0 ? last : code?.ToString(CultureInfo.InvariantCulture))}",
                    "Is the same version of edgequeue installed beside edgequeue-node? On the device: edgequeue doctor --config FILE."));
            }
        }

        void Hear(string line)
        {
            lock (heard)
            {
                if (ContractJson.TryRead<Finding>(System.Text.Encoding.UTF8.GetBytes(line), out var finding, out _))
                {
                    heard.Add(finding);
                }
                else
                {
                    last = line;
                }
            }
        }
    }

    private async Task<Finding> TryAsync(DoctorAsk ask)
    {
        const string what = "test";
        if (@try is null)
        {
            return Finding.Well(what, $"a {host.Unit.Role} has nothing that can be tried from afar: on the device, edgequeue doctor --config FILE --try waits for a key");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(LongestTest);
        try
        {
            return await @try(ask, limit.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new Finding(what, Health.Soon, string.Create(CultureInfo.InvariantCulture, $"it did not get its turn within {LongestTest.TotalSeconds:0} s"), "The branch needs the device just now: try again later.");
        }
    }

    private MqttPublication Publication(DoctorAnswer answer) => new(topic, ContractJson.Write(answer), Expiry: TimeSpan.FromSeconds(60));
}
