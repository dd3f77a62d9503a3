using System.Data.Common;
using Npgsql;

namespace EdgeQueue.Cloud.Storage;

/// <summary>The one setting that chooses the database: <c>sqlite:FILE</c> or <c>postgresql:Host=…;Database=…</c>.</summary>
public static class DatabaseSetting
{
    public const string Default = "sqlite:cloud.db";

    /// <summary>The sentence about what is wrong with it; null: nothing.</summary>
    public static string? FaultOf(string setting)
    {
        if (setting.StartsWith("sqlite:", StringComparison.Ordinal) && setting.Length > "sqlite:".Length)
        {
            return null;
        }

        if (!setting.StartsWith("postgresql:", StringComparison.Ordinal))
        {
            return $"'{setting.Split(':')[0]}' is not a database: give sqlite:FILE, or postgresql:Host=…;Username=…;Database=….";
        }

        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(setting["postgresql:".Length..]);
            return string.IsNullOrEmpty(parsed.Host) || string.IsNullOrEmpty(parsed.Database) ? "after 'postgresql:' there must be a Host and a Database." : null;
        }
        catch (ArgumentException fault)
        {
            return $"after 'postgresql:' there is no connection string of Npgsql: {fault.Message}";
        }
    }

    /// <param name="setting">Without fault.</param>
    public static IDatabase Open(string setting)
    {
        Dapper.SqlMapper.TypeMapProvider = type => new RecordMap(type);
        return setting.StartsWith("sqlite:", StringComparison.Ordinal)
            ? new SqliteDatabase(setting["sqlite:".Length..])
            : new PostgresDatabase(setting["postgresql:".Length..]);
    }

    /// <summary>Where it is, without what is secret in it.</summary>
    public static string Named(string setting)
    {
        if (setting.StartsWith("sqlite:", StringComparison.Ordinal))
        {
            return "SQLite " + setting["sqlite:".Length..];
        }

        var parsed = new NpgsqlConnectionStringBuilder(setting["postgresql:".Length..]);
        return FormattableString.Invariant($"PostgreSQL {parsed.Host}:{parsed.Port}/{parsed.Database}");
    }
}
