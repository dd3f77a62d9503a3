using System.Globalization;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Mail;

namespace EdgeQueue.Cloud.Api.Hooks;

/// <summary>A program registers where it wants to be told, and looks how that goes.</summary>
internal sealed class HookApi(HookBook book, MailSettings mail, AuditTrail audit)
{
    public async Task<IResult> AddAsync(KeyInUse key, AddHook body, HttpContext context)
    {
        string url = body.Url ?? "";
        string[] kinds = [.. HookKinds.All.Select(k => k.Kind).Where(k => body.Kinds?.Contains(k) == true)];
        if (!NoticeOutbox.IsTarget("hook", url) || (!mail.HooksInside && !url.StartsWith("https://", StringComparison.Ordinal))
            || kinds.Length == 0 || kinds.Length != body.Kinds!.Distinct().Count())
        {
            return ApiFault.Wrong($"'url' is an address with https of at most {NoticeOutbox.LongestTarget} characters, without a name and password in it; 'kinds' are some of: {string.Join(", ", HookKinds.All.Select(k => k.Kind))}.");
        }

        if (HookKinds.All.FirstOrDefault(k => kinds.Contains(k.Kind) && !key.Scopes.Contains(k.Scope)) is { Kind: { } refused, Scope: { } needed })
        {
            return Results.Problem($"To be told of {refused} the key needs the scope {needed}, too.", statusCode: 403, title: "Not for this key");
        }

        await audit.NoteAsync(context, Deeds.Changed, $"a web hook for {string.Join(' ', kinds)}");
        return await book.AddAsync(key.Id, url, kinds, context.RequestAborted) is not { } added
            ? ApiFault.Refused("tooMany", $"A key has at most {HookBook.MostOfKey} web hooks.")
            : TypedResults.Created($"/api/v1/hooks/{added.Id.ToString(CultureInfo.InvariantCulture)}", added);
    }

    public async Task<IResult> ListAsync(KeyInUse key, CancellationToken cancellation) => TypedResults.Ok(new HookList(await book.ListAsync(key.Id, cancellation)));

    public async Task<IResult> GivenUpAsync(KeyInUse key, long id, string? cursor, CancellationToken cancellation)
    {
        long before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return ApiFault.Wrong("'cursor' is what 'next' was.");
        }

        return await book.GivenUpAsync(key.Id, id, before, cancellation) is not { } rows ? NoHook : TypedResults.Ok(new GivenUpList(
            [.. rows.Take(HookBook.GivenUpAtOnce).Select(r => new GivenUpItem(r.Key, r.Kind, DateTimeOffset.FromUnixTimeMilliseconds(r.MadeAt), r.Tries, r.Fault))],
            rows.Count > HookBook.GivenUpAtOnce ? rows[HookBook.GivenUpAtOnce - 1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    public async Task<IResult> EnableAsync(KeyInUse key, long id, HttpContext context)
    {
        await audit.NoteAsync(context, Deeds.Changed, string.Create(CultureInfo.InvariantCulture, $"web hook {id} switched on"));
        return await book.EnableAsync(key.Id, id, context.RequestAborted) ? Results.NoContent() : NoHook;
    }

    public async Task<IResult> RemoveAsync(KeyInUse key, long id, HttpContext context)
    {
        await audit.NoteAsync(context, Deeds.Changed, string.Create(CultureInfo.InvariantCulture, $"web hook {id} removed"));
        return await book.RemoveAsync(key.Id, id, context.RequestAborted) ? Results.NoContent() : NoHook;
    }

    private static IResult NoHook => ApiFault.Nothing("No such web hook", "It was removed, or is not one of this key's.");
}
