using Npgsql;

namespace Chat.Benchmarks.Upgrade;

/// <summary>Direct access to the database of an upgrade.</summary>
internal sealed class UpgradeData(string connectionString)
{
    /// <summary>Fills the tables in the form of the version before.</summary>
    public async Task FillAsync(int conversations, int rows)
    {
        await RunAsync(
            $"""
            insert into conversations (id, kind, created_at, last_sequence, last_entry_at)
            select ('aaaaaaaa-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 0, now() - interval '400 days',
                   {rows / conversations}, now() - interval '1 hour'
              from generate_series(1, {conversations}) i;
            insert into participants (conversation_id, user_id, role, joined_at)
            select id, 'user' || n, 0, created_at from conversations, generate_series(1, 10) n
             where id::text like 'aaaaaaaa-%';
            insert into messages (conversation_id, sequence, kind, sender_id, message, created_at, message_id, msg_type)
            select c.id, n, 0, 'user' || (1 + n % 10), 'message number ' || n,
                   c.created_at + n * interval '1 minute', gen_random_uuid(), 0
              from conversations c, generate_series(1, {rows / conversations}) n where c.id::text like 'aaaaaaaa-%';
            """);
        await RunAsync("vacuum analyze");
    }

    public async Task<long> CountAsync(string sql) => Convert.ToInt64(await ScalarAsync(sql));

    /// <summary>The current files of the log and of its indexes. What is rewritten gets another file.</summary>
    /// <param name="names">Only of these, as <see cref="NamesOfLogAsync"/> gives them.</param>
    public async Task<string> FilesOfLogAsync(string names) => (string)(await ScalarAsync(
        $"""
        select string_agg(c.relname || ' ' || pg_relation_filenode(c.oid), ', ' order by c.relname) from pg_class c
         where c.relname in ({names}) and (c.oid = 'messages'::regclass
            or c.oid in (select indexrelid from pg_index where indrelid = 'messages'::regclass))
        """))!;

    /// <summary>The names of the log and of its indexes, quoted for SQL.</summary>
    public async Task<string> NamesOfLogAsync() => (string)(await ScalarAsync(
        """
        select string_agg(quote_literal(c.relname), ', ') from pg_class c where c.oid = 'messages'::regclass
            or c.oid in (select indexrelid from pg_index where indrelid = 'messages'::regclass)
        """))!;

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync();
    }
}
