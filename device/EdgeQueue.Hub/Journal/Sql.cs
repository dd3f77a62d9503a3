namespace EdgeQueue.Hub.Journal;

/// <summary>The statements of the journal. Nothing outside this folder speaks SQL.</summary>
internal static class Sql
{
    public const int FormatVersion = 1;

    /// <summary>
    /// Replies are found by (node, unit, id) and by nothing else, hence no row numbers there. <c>journal.seq</c> is the row
    /// number itself: the newest event is always appended at the end of the tree.
    /// </summary>
    public const string Schema = """
        create table meta(name text primary key, value text not null) without rowid;
        create table journal(seq integer primary key, at integer not null, type text not null, visit integer, data text not null,
            source text, operator text);
        create table command(node text not null, unit text not null, id text not null, seq integer not null,
            reply blob not null, hash blob, kept_until integer, primary key(node, unit, id)) without rowid;
        create index command_kept_until on command(kept_until) where kept_until is not null;
        create table cursor(name text primary key, seq integer not null) without rowid;
        create table snapshot(seq integer primary key, data blob not null);
        """;

    public const string HasSources = "select count(*) from pragma_table_info('journal') where name in ('source', 'operator')";

    /// <summary>
    /// From a journal without sources to one with them: columns at the end, so every row stays as it is, and a release that knows
    /// nothing of them reads and writes the table as before. Hence no new number of the format.
    /// </summary>
    public const string AddSources = """
        alter table journal add column source text;
        alter table journal add column operator text;
        insert into meta(name, value) select 'sourcesSince', coalesce(max(seq), 0) + 1 from journal;
        """;

    // cast: the bytes are UTF-8 already, and text is what a person sees who opens the file with sqlite3.
    public const string AddEvent =
        "insert into journal(seq, at, type, visit, data, source, operator) values($seq, $at, $type, $visit, cast($data as text), $source, $operator)";

    public const string AddCommand =
        "insert into command(node, unit, id, seq, reply, hash, kept_until) values($node, $unit, $id, $seq, $reply, $hash, $kept) on conflict do nothing";

    public const string FindCommand = "select reply, hash from command where node = $node and unit = $unit and id = $id";

    public const string SetMeta = "insert into meta(name, value) values($name, $value) on conflict(name) do update set value = excluded.value";

    public const string SetCursor = "insert into cursor(name, seq) values($name, $seq) on conflict(name) do update set seq = excluded.seq";

    public const string Cursor = "select seq from cursor where name = $name";

    public const string AllMeta = "select name, value from meta";

    public const string AddSnapshot = "insert or replace into snapshot(seq, data) values($seq, $data)";

    /// <summary>Two are kept: the newest, and the one before in case the newest cannot be read by an older release.</summary>
    public const string ForgetSnapshots = "delete from snapshot where seq < (select min(seq) from (select seq from snapshot order by seq desc limit 2))";

    /// <summary>In small steps: a day has thousands of replies, and a commit should take milliseconds.</summary>
    public const string ForgetCommands = """
        delete from command where (node, unit, id) in
            (select node, unit, id from command where kept_until is not null and kept_until <= $day limit 500)
        """;

    public const string Snapshot = "select seq, data from snapshot where seq <= $seq order by seq desc limit 1";

    public const string Last = "select seq, at from journal order by seq desc limit 1";

    public const string Events = "select seq, at, type, data from journal where seq > ?1 and seq <= ?2 order by seq";

    public const string Rows =
        "select seq, at, type, visit, cast(data as blob), source, operator from journal where seq > $after and seq <= $until";

    /// <summary>A journal of before there were sources, that is only read.</summary>
    public const string RowsWithoutSources =
        "select seq, at, type, visit, cast(data as blob), null, null from journal where seq > $after and seq <= $until";

    public const string OfVisitsAndClock = " and (type = 'clockStepped' or visit in (select value from json_each($visits)))";

    public const string InOrder = " order by seq";

    public const string LastCalls = """
        select visit, max(seq) from journal
        where seq >= coalesce((select seq from journal where type = 'dayOpened' order by seq desc limit 1), 1)
            and type in ('visitCalled', 'visitRecalled', 'callAnnounced', 'visitPrecalled')
        group by visit
        """;

    public const string LastCallOf = "select seq from journal where visit = $visit and type in ('visitCalled', 'visitRecalled', 'callAnnounced', 'visitPrecalled') order by seq desc limit 1";
}
