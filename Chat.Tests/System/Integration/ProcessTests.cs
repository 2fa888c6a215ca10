using System.Net.Http.Json;
using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration;

/// <summary>The server as a process: how it starts with nothing set, shares a database, and ends.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task With_nothing_set_it_makes_a_SQLite_file_where_it_is_started_and_serves()
    {
        await using var server = await ServerProcess.ServeAsync();
        using var http = new HttpClient { BaseAddress = server.Url };
        Assert.Equal("""{"status":"ok"}""", await http.GetStringAsync("/health"));
        Assert.True(File.Exists(Path.Combine(server.Folder, "chat.db")));
        Assert.Contains("OPEN MODE", server.Output, StringComparison.Ordinal);
        await using var raw = await RawClient.ConnectAsync(server.Url, "user_id=ann");
        await raw.JoinAsync(ConversationId.Lobby);
        await raw.MessageAsync(ConversationId.Lobby, "hello");
        Assert.Equal("hello", (await raw.UntilAsync("message")).GetProperty("message").GetProperty("body").GetString());
    }

    [Fact]
    public async Task SIGTERM_answers_polls_closes_sockets_with_1001_keeps_what_was_sent_and_exits_with_0()
    {
        await using var server = await ServerProcess.ServeAsync(("Chat__Room__PollSeconds", "300"),
            ("Chat__Server__ShutdownSeconds", "60"));
        using var http = new HttpClient { BaseAddress = server.Url };
        foreach (var client in new[] { "ann", "bob" })
            (await http.PostAsJsonAsync("/api/join", new { client_id = client })).EnsureSuccessStatusCode();
        (await http.PostAsJsonAsync("/api/send",
            new { client_id = "ann", message = "kept" })).EnsureSuccessStatusCode();
        using var first = await http.GetAsync("/api/messages?client_id=ann&after_id=0");
        var cursor = first.Headers.GetValues("X-Chat-Cursor").Single();
        var polls = new[] { "ann",
            "bob" }.Select(client => http.GetAsync($"/api/messages?client_id={client}&after_id={cursor}")).ToList();
        var sockets = new List<RawClient>();
        for (var i = 0; i < 5; i++) sockets.Add(await RawClient.ConnectAsync(server.Url, $"user_id=u{i}"));
        foreach (var socket in sockets) await socket.JoinAsync(ConversationId.Lobby);

        await server.TerminateAsync();
        foreach (var socket in sockets) Assert.Equal(1001, await socket.Ended.WaitAsync(Bounds.Wait));
        foreach (var poll in polls)
        {
            using var answer = await poll.WaitAsync(Bounds.Wait);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(0, body.GetProperty("messages").GetArrayLength());
        }
        Assert.Equal(0, await server.ExitAsync());
        foreach (var socket in sockets) await socket.DisposeAsync();
    }

    [PostgresFact]
    public async Task Several_instances_may_start_at_once_on_one_empty_database()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres, migrated: false);
        (string, string) setting = ("ConnectionStrings__Chat", database.Settings.ConnectionString);
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ServerProcess.ServeAsync(setting)));
        await using var here = await RawClient.ConnectAsync(servers[0].Url, "user_id=ann");
        await using var there = await RawClient.ConnectAsync(servers[1].Url, "user_id=bob");
        await here.JoinAsync(ConversationId.Lobby);
        await there.JoinAsync(ConversationId.Lobby);
        await here.MessageAsync(ConversationId.Lobby, "across");
        Assert.Equal("across",
            (await there.UntilAsync("message")).GetProperty("message").GetProperty("body").GetString());
        foreach (var server in servers) await server.DisposeAsync();
    }

    [Fact]
    public async Task The_command_migrate_brings_the_schema_up_to_date_and_ends()
    {
        await using var migrate = ServerProcess.Run(["migrate"]);
        Assert.Equal(0, await migrate.ExitAsync());
        Assert.True(File.Exists(Path.Combine(migrate.Folder, "chat.db")));
    }

    [Fact]
    public async Task Help_names_the_commands_and_settings()
    {
        await using var help = ServerProcess.Run(["--help"]);
        Assert.Equal(0, await help.ExitAsync());
        foreach (var word in new[] { "migrate", "PORT", "DB_URL", "DB_HOST" })
            Assert.Contains(word, help.Output, StringComparison.Ordinal);
    }
}
