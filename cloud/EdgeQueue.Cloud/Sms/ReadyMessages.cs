using EdgeQueue.Cloud.Joining;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Sms;

/// <summary>One line of a list: whose documents are ready.</summary>
/// <param name="Case">As the person knows it.</param>
internal sealed record ReadyCase(string Case, PhoneNumber Phone, string Language);

/// <param name="Added">Messages that go out.</param>
/// <param name="Before">Cases that were told before: nothing goes out again.</param>
/// <param name="Faults">Lines that are none, with their numbers; nothing of them was taken.</param>
internal sealed record ReadyOutcome(int Added, int Before, IReadOnlyList<string> Faults);

/// <summary>"Your documents are ready": once for each case, by a list of an operator.</summary>
internal sealed class ReadyMessages(IDatabase database, SmsOutbox outbox, PersonStore people, TimeProvider time)
{
    public const int MostLines = 1_000;

    public const int LongestWhere = 100;

    private const int LongestCase = 40;

    private const int MostFaults = 20;

    private const long Day = 86_400_000;

    public const long NumberKeptFor = 30 * Day;

    /// <summary>Reads a list: <c>case;phone;language</c> in each line, also with commas or tabs; the language may be missing. A first line of two or three words without digits is a heading.</summary>
    public static (IReadOnlyList<ReadyCase> Cases, IReadOnlyList<string> Faults) Read(string list, string language)
    {
        string[] lines = list.Split('\n');
        var cases = new List<ReadyCase>();
        var faults = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < lines.Length; i++)
        {
            string[] parts = lines[i].Split([';', ',', '\t'], StringSplitOptions.TrimEntries);
            if (lines[i].Trim().Length == 0 || (i == 0 && IsHeading(parts)))
            {
                continue;
            }

            if (cases.Count >= MostLines)
            {
                faults.Add(FormattableString.Invariant($"Line {i + 1} and what follows: a list has at most {MostLines} lines. Send it in parts."));
                break;
            }

            string spoken = parts.Length > 2 && parts[2].Length > 0 ? parts[2] : language;
            if (parts.Length is 2 or 3 && !JoinSmsWords.Speaks(spoken))
            {
                faults.Add(FormattableString.Invariant($"Line {i + 1} has a language that messages are not written in; there is {JoinSmsWords.Spoken}."));
            }
            else if (parts.Length is < 2 or > 3 || CaseOf(parts[0], parts[1], spoken) is not { } ready)
            {
                faults.Add(FormattableString.Invariant($"Line {i + 1} is not like 'case;+4791234567;nb'."));
            }
            else if (!seen.Add(parts[0]))
            {
                faults.Add(FormattableString.Invariant($"Line {i + 1} has a case that stands above already."));
            }
            else
            {
                cases.Add(ready);
            }
        }

        if (cases.Count == 0 && faults.Count == 0)
        {
            faults.Add("The list has no case.");
        }

        return (cases, [.. faults.Take(MostFaults)]);
    }

    private static bool IsHeading(string[] parts) => parts.Length is 2 or 3 && parts.All(p => p.Any(char.IsLetter) && !p.Any(char.IsDigit));

    /// <returns>Null: it is none.</returns>
    public static ReadyCase? CaseOf(string number, string phone, string language) =>
        number.Length is > 0 and <= LongestCase && !number.Any(char.IsControl) && phone.StartsWith('+') && PhoneNumber.Of(phone) is { } digits && JoinSmsWords.Speaks(language) ? new(number, digits, language) : null;

    /// <param name="where">Said after the case number: where and when, at most 100 characters; may be empty.</param>
    /// <param name="zone">IANA name; for quiet hours.</param>
    public Task<ReadyOutcome> AddAsync(IReadOnlyList<ReadyCase> cases, string where, string zone, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            long now = time.GetUtcNow().ToUnixTimeMilliseconds();
            int added = 0;
            foreach (ReadyCase ready in cases)
            {
                string subject = "case:" + ready.Case;
                if (await SmsOutbox.HasAsync(transaction, SmsPurpose.Ready, subject))
                {
                    continue;
                }

                long person = await people.AddAsync(transaction, "case", "", ready.Phone, now + NumberKeptFor);
                string text = JoinSmsWords.Say(JoinSmsWords.In(ready.Language).Ready, ready.Case, where).TrimEnd();
                if (await outbox.AddAsync(transaction, new(SmsPurpose.Ready, subject, person, ready.Language, text, zone, Urgent: false, now, now + (7 * Day))))
                {
                    added++;
                }
                else
                {
                    // The same list came twice at the same moment: nobody's number is kept for nothing (law 12).
                    await PersonStore.RemoveAsync(transaction, person);
                }
            }

            return new ReadyOutcome(added, cases.Count - added, []);
        },
        cancellation);
}
