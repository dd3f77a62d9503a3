using System.Globalization;

namespace EdgeQueue.Node.Host;

/// <summary>
/// One line an event, to standard output, as systemd's journal takes it: <c>&lt;priority&gt;id text</c> (sd-daemon(3)).
/// Ids are stable, see <see cref="NodeEvent"/>. Never a secret, a PIN or a person in a line.
/// </summary>
public sealed class NodeLog(TextWriter output, TimeProvider time)
{
    private readonly Dictionary<(int, string), (long At, int Silenced)> lastTold = [];
    private readonly Lock gate = new();

    public void Info(int id, string text) => Write('6', id, text);

    public void Warn(int id, string text) => Write('4', id, text);

    public void Error(int id, string text) => Write('3', id, text);

    /// <summary>For what a sender outside can cause: one line a minute for each source, with the number of those left out.</summary>
    public void WarnOncePerMinute(int id, string source, string text)
    {
        int silenced;
        lock (gate)
        {
            if (lastTold.TryGetValue((id, source), out var last) && time.GetElapsedTime(last.At) < TimeSpan.FromMinutes(1))
            {
                lastTold[(id, source)] = last with { Silenced = last.Silenced + 1 };
                return;
            }

            // Sources are topics of this unit, a handful; should that ever change, forgetting costs a line, not memory.
            if (lastTold.Count > 256)
            {
                lastTold.Clear();
            }

            silenced = last.Silenced;
            lastTold[(id, source)] = (time.GetTimestamp(), 0);
        }

        Warn(id, silenced == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text} ({silenced} more like this were not logged)"));
    }

    private void Write(char priority, int id, string text)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"<{priority}>{id} {text.ReplaceLineEndings(" ")}");
        lock (gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}

/// <summary>Ids of the host's events, 1000 … 1099; a role has a hundred of its own from 1100 on. An id never changes its meaning.</summary>
public static class NodeEvent
{
    public const int Started = 1000;
    public const int Connected = 1001;
    public const int Disconnected = 1002;
    public const int ConnectFailed = 1003;
    public const int HubLinkChanged = 1004;
    public const int JournalChanged = 1005;
    public const int MalformedMessage = 1006;
    public const int PublishRefused = 1007;
    public const int TooManyCommands = 1008;
    public const int Stopped = 1009;
    public const int Failed = 1010;
    public const int FaultBegan = 1011;
    public const int FaultEnded = 1012;
    public const int IdentityRenewed = 1013;
    public const int RenewalSaid = 1014;
    public const int ClaimCode = 1015;
    public const int Claimed = 1016;
    public const int ClaimWaits = 1017;
    public const int CodeNotTold = 1018;
    public const int DoctorAsked = 1019;
}
