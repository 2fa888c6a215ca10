using Npgsql;

namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>What the background queue still has to do for users, straight from its table.</summary>
internal static class QueueReading
{
    public static async Task<long> CountUnfinishedAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select count(*) from tasks where state <= 3 and queue = 'chat'",
            connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
