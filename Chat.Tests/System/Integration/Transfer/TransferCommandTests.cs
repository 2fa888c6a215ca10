using System.Globalization;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Transfer;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Notifications;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Chat.Tests.Integration.Transfer;

/// <summary>The commands export and import as processes, and servers beside them.</summary>
public sealed class TransferCommandTests : IDisposable
{
    /// <summary>All that the process may have on its heap, in hexadecimal: far less than the file that it
    /// handles.</summary>
    private static readonly (string, string) SmallHeap = ("DOTNET_GCHeapHardLimit", "5000000"); // 80 MiB

    private const int HoldKey = 20_261_128;

    /// <summary>From now on an import waits in the middle for this session to end.</summary>
    private static readonly string HoldSql =
        $"""
        create function hold() returns trigger language plpgsql as $$
        begin
            if new.name like 'import/%/line' and new.position > 10000 then
                perform set_config('lock_timeout', '0', true), pg_advisory_xact_lock({HoldKey});
            end if;
            return new;
        end $$;
        create trigger hold before update on job_cursors for each row execute function hold();
        select 1 from pg_advisory_lock({HoldKey})
        """;

    private static readonly string IsHeldSql =
        $"select exists (select 1 from pg_locks where locktype = 'advisory' and objid = {HoldKey} and not granted)";

    private const string IsAloneSql =
        """
        select not exists (select 1 from pg_stat_activity
                            where datname = current_database() and application_name like 'chat %')
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("chat-transfer-").FullName;

    private string File(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // CH-266, CH-268
    [PostgresFact]
    public async Task A_log_larger_than_the_memory_moves_to_PostgreSQL_also_when_the_process_is_killed_in_between()
    {
        const int messages = 60_000;
        await using var from = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var stores = new StoreHost(from.Settings)) await FillAsync(from, stores, messages);
        await using var to = await TestDatabase.CreateAsync(DatabaseKind.Postgres, migrated: false);
        await RunAsync(0, from, ["export", "--output", File("all.jsonl")], SmallHeap);
        Assert.True(new FileInfo(File("all.jsonl")).Length > 2_000 * messages);

        await RunAsync(1, to, ["import", File("no such file")]); // the tables are there from here on
        await using (var holder = await ConnectAsync(to))
        {
            await AskAsync(holder, HoldSql);
            await using var import = Start(to, ["import", File("all.jsonl")],
                SmallHeap, ("Chat__Persistence__CommandTimeoutSeconds", "300"));
            await Eventually.HoldsAsync(async () => import.HasExited || await AskAsync(holder, IsHeldSql) is true);
            await import.SignalAsync("KILL");
            await import.ExitAsync();
        }
        await using (var asking = await ConnectAsync(to))
        {
            await Eventually.HoldsAsync(async () => await AskAsync(asking, IsAloneSql) is true); // the killed one's too
            await AskAsync(asking, "drop function hold cascade");
        }
        Assert.Equal(["1000000"], await to.QueryAsync("select requires from deployment"));
        var half = long.Parse((await to.QueryAsync("select count(*) from messages"))[0], CultureInfo.InvariantCulture);
        Assert.InRange(half, 1, messages - 1);
        await RunAsync(0, to, ["import", File("all.jsonl")], SmallHeap);

        const string sums = "select count(*), sum(sequence), sum(length(message)), max(sequence) from messages";
        Assert.Equal(await from.QueryAsync(sums), await to.QueryAsync(sums));
        Assert.Equal(["0"], await to.QueryAsync("select requires from deployment"));
        Assert.Contains("imported already", await RunAsync(0, to, ["import", File("all.jsonl")]),
            StringComparison.Ordinal);
    }

    // CH-266
    [Fact]
    public async Task A_server_runs_on_while_its_database_is_exported()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await ServerProcess.ServeAsync(Setting(database));
        await using var ann = await RawClient.ConnectAsync(server.Url, "user_id=ann");
        await ann.JoinAsync(ConversationId.Lobby);
        await ann.MessageAsync(ConversationId.Lobby, "before");
        await ann.UntilAsync("message");

        await RunAsync(0, database, ["export", "--output", File("lobby.jsonl.gz")]);
        await using var standard = Start(database, ["export", "--tenant=default"]);
        Assert.Equal(0, await standard.ExitAsync());
        await ann.MessageAsync(ConversationId.Lobby, "after");
        await ann.UntilAsync("message");

        Assert.Contains("\"body\":\"before\"", standard.Output, StringComparison.Ordinal);
        Assert.EndsWith("}", standard.Output, StringComparison.Ordinal);
        Assert.Contains("already exists", await RunAsync(1, database, ["export", "--output", File("lobby.jsonl.gz")]),
            StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
                System.IO.File.GetUnixFileMode(File("lobby.jsonl.gz")));
        await using var other = await TestDatabase.CreateAsync(DatabaseKind.Sqlite, migrated: false);
        Assert.Contains("imported: 1 conversation(s), 1 entries",
            await RunAsync(0, other, ["import", File("lobby.jsonl.gz")]), StringComparison.Ordinal);
        await using var empty = await TestDatabase.CreateAsync(DatabaseKind.Sqlite, migrated: false);
        Assert.Contains("the schema is missing", await RunAsync(1, empty, ["export"]), StringComparison.Ordinal);
    }

    // CH-271
    [Fact]
    public Task An_import_and_a_server_refuse_each_other() => RefuseAsync(DatabaseKind.Sqlite);

    // CH-271
    [PostgresFact]
    public Task An_import_and_a_server_refuse_each_other_on_PostgreSQL() => RefuseAsync(DatabaseKind.Postgres);

    // CH-270
    [PostgresFact]
    public async Task Nobody_is_notified_of_what_was_imported()
    {
        await using var receiver = await WebhookReceiver.StartAsync(NoticeServer.Secret);
        await using var from = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var old = await TestServer.StartAsync(from.Settings)) await TellAsync(old, "ben");
        await using var to = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using (await NoticeServer.StartAsync(to, receiver)) { } // its mark is before what comes
        await RunAsync(0, from, ["export", "--output", File("all.jsonl")]);
        await RunAsync(0, to, ["import", File("all.jsonl")]);
        await using var server = await NoticeServer.StartAsync(to, receiver);
        await TellAsync(server, "cem");

        var (_, notice) = await receiver.NextAsync();
        var recipient = Assert.Single(notice.GetProperty("recipients").EnumerateArray());
        Assert.Equal("cem", recipient.GetProperty("user_id").GetString());
        Assert.True(receiver.IsEmpty);
    }

    private async Task RefuseAsync(DatabaseKind kind)
    {
        await using var from = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var to = await TestDatabase.CreateAsync(kind);
        await RunAsync(0, from, ["export", "--output", File("all.jsonl")]);
        await using (var server = await ServerProcess.ServeAsync(Setting(to)))
            Assert.Contains("a server, or another command, works with the database",
                await RunAsync(1, to, ["import", File("all.jsonl")]), StringComparison.Ordinal);
        await using (var stores = new StoreHost(to.Settings)) // and is broken off
        {
            var cut = (await System.IO.File.ReadAllBytesAsync(File("all.jsonl")))[..^20];
            await Assert.ThrowsAsync<TransferException>(() =>
                stores.Import.RunAsync(new TransferSource(new MemoryStream(cut)), CancellationToken.None));
            SqliteConnection.ClearAllPools(); // this process would be another one that works with it
        }

        Assert.Contains("an import into the database is under way",
            await RunAsync(1, to, ["--urls=http://127.0.0.1:0"]), StringComparison.Ordinal);
        await RunAsync(0, to, ["import", File("all.jsonl")]);
        await using var again = await ServerProcess.ServeAsync(Setting(to));
    }

    private static async Task TellAsync(TestServer server, string user)
    {
        await using var ann = await server.ConnectHubAsync("ann");
        var group = (await ann.CreateConversationAsync(new()
        {
            ParticipantIds = [UserId.Parse("ann"), UserId.Parse(user)],
        })).Id;
        await ann.SendAsync(group, "hello?");
    }

    /// <summary>One conversation of two-kilobyte messages.</summary>
    private static async Task FillAsync(TestDatabase database, StoreHost stores, int messages)
    {
        var created = Drafts.Created("ann", "bob");
        await stores.Conversations.CreateAsync(
            created, Chat.Contracts.Entries.ConversationKind.Group, hasOwner: true, CancellationToken.None);
        await database.ExecuteAsync(
            $"""
            with recursive n(i) as (select 2 union all select i + 1 from n where i <= {messages})
            insert into messages (conversation_id, sequence, created_at, kind, sender_id, message, message_id, msg_type)
            select {database.Literal(created.ConversationId)}, i, 1772366400000000 + i, 0, 'ann',
                   i || hex(randomblob(1000)), randomblob(16), 0 from n;
            update conversations set last_sequence = {messages} + 1, last_entry_at = 1772366400000001 + {messages}
             where last_sequence = 1
            """);
    }

    /// <summary>As somebody who is no server.</summary>
    private static async Task<NpgsqlConnection> ConnectAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection($"{database.Settings.ConnectionString};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<object?> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static (string, string) Setting(TestDatabase database) =>
        ("ConnectionStrings__Chat", database.Settings.ConnectionString);

    private static ServerProcess Start(TestDatabase database, string[] args, params (string, string)[] environment) =>
        ServerProcess.Run(args, [Setting(database), .. environment]);

    /// <returns>What it wrote to standard error.</returns>
    private static async Task<string> RunAsync(
        int code, TestDatabase database, string[] args, params (string, string)[] environment) =>
        (await CommandRun.EndAsync(database, code, args, environment)).Errors;
}
