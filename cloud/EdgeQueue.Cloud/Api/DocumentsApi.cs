using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Joining;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Sms;

namespace EdgeQueue.Cloud.Api;

/// <summary>"Your documents are ready" by a program: the same as head office's list. A case is told once, however often it is sent: its number is what makes a repeat the same.</summary>
internal sealed class DocumentsApi(ReadyMessages messages, SmsSettings sms, AuditTrail audit)
{
    private const int MostCases = 500;

    public async Task<IResult> ReadyAsync(TellReady body, HttpContext context)
    {
        string where = string.Concat((body.Where ?? "").Trim().Where(c => !char.IsControl(c)));
        if (body.Cases is not { Count: > 0 and <= MostCases } || where.Length > ReadyMessages.LongestWhere || !TimeZoneInfo.TryFindSystemTimeZoneById(body.TimeZone ?? "", out _))
        {
            return ApiFault.Wrong($"'cases' has 1 to {MostCases}, 'where' at most {ReadyMessages.LongestWhere} characters, 'timeZone' is a name like Europe/Oslo.");
        }

        if (!sms.On)
        {
            return ApiFault.Refused("noProvider", "No provider of messages is set. Nothing was kept.");
        }

        var cases = new List<ReadyCase>();
        for (int i = 0; i < body.Cases.Count; i++)
        {
            if (body.Cases[i] is not { } one || ReadyMessages.CaseOf(one.Case ?? "", one.Phone ?? "", one.Language ?? "en") is not { } ready || cases.Any(c => c.Case == ready.Case))
            {
                // All or nothing, as with the list. What was sent is not repeated here: it may be somebody's number.
                return ApiFault.Wrong(FormattableString.Invariant($"cases[{i}] has no case number of 1 to 40 characters, one that stands before it already, no phone number with + and its country, or a language other than {JoinSmsWords.Spoken}. Nothing was sent."));
            }

            cases.Add(ready);
        }

        await audit.NoteAsync(context, Deeds.Changed, FormattableString.Invariant($"documents ready: {Counted.Of(cases.Count, "case", "cases")}"));
        ReadyOutcome outcome = await messages.AddAsync(cases, where, body.TimeZone!, context.RequestAborted);
        return TypedResults.Ok(new ToldReady(outcome.Added, outcome.Before));
    }
}
