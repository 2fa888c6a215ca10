using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Postgres;
using Chat.Tests.Fixtures;
using Npgsql;

namespace Chat.Tests.Unit.Persistence;

/// <summary>The statements of one commit on PostgreSQL.</summary>
internal static class CommitStatements
{
    public static List<string> Of(params Draft[] drafts) => Of(known: null, drafts);

    /// <param name="known">The number up to which revocations are known; null: they are not looked at.</param>
    /// <param name="drafts">What is stored.</param>
    public static List<string> Of(long? known, params Draft[] drafts)
    {
        var batch = new PostgresBatch();
        batch.Fill(drafts);
        using var connection = new NpgsqlConnection();
        using var commands = batch.ToCommands(connection, new CommitMoment(Drafts.Noon, known));
        return [.. commands.BatchCommands.Cast<NpgsqlBatchCommand>().Select(command => command.CommandText)];
    }
}
