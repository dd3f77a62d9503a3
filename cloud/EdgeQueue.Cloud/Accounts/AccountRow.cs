namespace EdgeQueue.Cloud.Accounts;

/// <summary>An account as the database has it. Times in milliseconds since 1970; <see cref="SignedInAt"/> 0: never.</summary>
internal sealed record AccountRow(long Id, string Name, string Role, string Password, long Disabled, long MadeAt, long SignedInAt)
{
    public const string Columns =
        "a.id as Id, a.name as Name, a.role as Role, a.password as Password, a.disabled as Disabled, a.made_at as MadeAt, a.signed_in_at as SignedInAt";

    /// <summary>It stays out of logs.</summary>
    public override string ToString() => Name;
}

/// <summary>Why an account cannot be made or changed; the sentence is for people.</summary>
internal sealed record AccountFault(string Sentence);

internal static class AccountName
{
    public const int Longest = 60;

    /// <summary>As it is kept: small letters, digits and <c>. _ @ -</c>, 2 to 60 characters; null: it is none.</summary>
    public static string? Of(string? typed)
    {
        string name = typed?.Trim().ToLowerInvariant() ?? "";
        return name.Length is >= 2 and <= Longest && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '@' or '-') ? name : null;
    }
}
