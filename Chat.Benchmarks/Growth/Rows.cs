using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;

namespace Chat.Benchmarks.Growth;

/// <summary>Rows without end, as SQL of either database.</summary>
internal static class Rows
{
    /// <summary>Rows <c>s(i)</c> with the numbers from 1 on.</summary>
    public static string Numbers(DatabaseKind kind, long count, string name = "s") => kind == DatabaseKind.Postgres
        ? $"generate_series(1, {count}) {name}(i)"
        : $"(with recursive n(i) as (select 1 union all select i + 1 from n where i < {count}) select i from n) {name}";

    public static string Id(DatabaseKind kind, ConversationId id) => kind == DatabaseKind.Postgres
        ? $"'{id.Value}'"
        : $"x'{Convert.ToHexString(id.Value.ToByteArray(true))}'";

    /// <summary>Beyond it are the ids that follow from numbers: the lobby's is a number too.</summary>
    private const long FirstId = 1L << 40;

    /// <summary>An id that follows from a number.</summary>
    public static string NumberedId(DatabaseKind kind, string number) => kind == DatabaseKind.Postgres
        ? $"lpad(to_hex({FirstId} + {number}), 32, '0')::uuid"
        : $"unhex(printf('%032x', {FirstId} + {number}))";

    public static ConversationId NumberedId(long number) => new(new Guid($"{FirstId + number:x32}"));

    public static string RandomId(DatabaseKind kind) =>
        kind == DatabaseKind.Postgres ? "gen_random_uuid()" : "randomblob(16)";

    /// <summary>A time, and so many seconds more.</summary>
    public static string Time(DatabaseKind kind, DateTimeOffset at, string seconds) => kind == DatabaseKind.Postgres
        ? $"timestamptz '{at:O}' + ({seconds}) * interval '1 second'"
        : $"{Microseconds.ToUnix(at)} + cast(({seconds}) * 1000000 as integer)";

    public static string Bool(DatabaseKind kind, bool value) =>
        kind == DatabaseKind.Postgres ? (value ? "true" : "false") : (value ? "1" : "0");
}
