using System.Buffers.Text;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Npgsql;

namespace EdgeQueue.EndToEnd.Cloud.Accounts;

/// <summary>
/// Somebody who is signed in, put into the database directly: a password takes a good part of a second on purpose, and most tests are about
/// something else. How one really signs in is tested in <see cref="SignInTests"/>.
/// </summary>
internal static class OfficeAccount
{
    /// <summary>From here on the cloud's own client is signed in.</summary>
    public static async Task SignInAsync(this CloudUnderTest cloud, string role = "head-office")
    {
        cloud.Http.DefaultRequestHeaders.Remove("Cookie");
        cloud.Http.DefaultRequestHeaders.Add("Cookie", await EnterAsync(cloud.Database, role));
    }

    /// <summary>A browser that is signed in.</summary>
    public static async Task SignInAsync(this CloudUnderTest cloud, IBrowserContext browser, string role = "head-office")
    {
        string[] cookie = (await EnterAsync(cloud.Database, role)).Split('=');
        await browser.AddCookiesAsync([new() { Name = cookie[0], Value = cookie[1], Url = cloud.Url.ToString(), HttpOnly = true, SameSite = SameSiteAttribute.Strict }]);
    }

    /// <returns>A cookie: <c>edgequeue=…</c>.</returns>
    public static async Task<string> EnterAsync(string database, string role, IReadOnlyList<string>? regions = null, IReadOnlyList<string>? branches = null)
    {
        string secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        string name = "test-" + RandomNumberGenerator.GetHexString(12, lowercase: true);
        string now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        string account = $"(select id from account where name = '{name}')";
        var statements = new List<string>
        {
            $"insert into account(name, role, password, disabled, made_at, signed_in_at) values ('{name}', '{role}', '', 0, {now}, 0)",
            $"insert into session(token_hash, account, made_at, seen_at) values ('{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)))}', {account}, {now}, {now})",
        };
        statements.AddRange((regions ?? []).Select(r => $"insert into account_region(account, region) values ({account}, '{r}')"));
        statements.AddRange((branches ?? []).Select(b => $"insert into account_branch(account, branch) select {account}, id from branch where name = '{b}'"));
        foreach (string statement in statements)
        {
            await RunAsync(database, statement);
        }

        return "edgequeue=" + secret;
    }

    /// <summary>A statement of a test's own.</summary>
    public static async Task RunAsync(string database, string statement)
    {
        SQLitePCL.Batteries_V2.Init();
        await using DbConnection connection = database.StartsWith("sqlite:", StringComparison.Ordinal)
            ? new SqliteConnection($"Data Source={database["sqlite:".Length..]};Mode=ReadWrite;Default Timeout=20;Pooling=false")
            : new NpgsqlConnection(database["postgresql:".Length..] + ";Pooling=false");
        await connection.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }
}
