using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Persistence.Postgres;

/// <summary>Reactions are stored without the lock of their conversation, by rights that are read in the statement that
/// stores them. This lock, of each conversation, keeps these rights as they are until the commit: reactions share it,
/// an entry that changes rights has it alone, and neither waits longer than for what is under way.</summary>
/// <remarks>Reactions take it behind those of their messages, and nothing behind it; an entry takes it behind that of
/// its conversation. Several are taken in their order. So nobody who has it waits for anybody else.</remarks>
internal static class PostgresRightsLock
{
    private const int Key = 0x63686179; // "chay"

    // Each a statement of its own, so that the next one sees what was committed meanwhile.
    public static readonly string Take = $"select pg_advisory_xact_lock({Key}, $1)";

    private static readonly string Share =
        $"select count(pg_advisory_xact_lock_shared({Key}, key)) from unnest($1) as key";

    public static NpgsqlBatchCommand ToShare(IEnumerable<Guid> conversations) => new(Share)
    {
        Parameters =
        {
            PostgresBatch.Parameter(conversations.Select(Of).Distinct().Order().ToList(), NpgsqlDbType.Integer),
        },
    };

    public static NpgsqlBatchCommand ToTake(Guid conversation) => new(Take)
    {
        Parameters = { new NpgsqlParameter<int> { TypedValue = Of(conversation) } },
    };

    /// <summary>Two conversations that have the same wait for each other, and nothing else.</summary>
    private static int Of(Guid conversation)
    {
        Span<byte> bytes = stackalloc byte[16];
        conversation.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]); // the beginning is the time
    }
}
