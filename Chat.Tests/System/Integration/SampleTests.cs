using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Identity;

namespace Chat.Tests.Integration;

/// <summary>The samples as their users run them, against the real server.</summary>
public sealed class SampleTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chat-samples-").FullName;
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_line_typed_in_one_console_appears_in_the_other_once()
    {
        await using var server = await TestServer.StartAsync(_database.Settings);
        await using var ann = Console(server.Url, "ann");
        await ann.TypeAsync("hello from ann");
        await using var ben = Console(server.Url, "ben");
        await ben.UntilAsync("ann: hello from ann"); // history, or as it comes
        await ben.TypeAsync("hello from ben");
        await ann.UntilAsync("ben: hello from ben");
        await ann.TypeAsync("/who");
        await ann.UntilAsync("ben: here");
        Assert.Equal(0, await ann.EndInputAsync());
        Assert.Equal(0, await ben.EndInputAsync());
        foreach (var console in new[] { ann, ben })
            foreach (var line in new[] { "ann: hello from ann", "ben: hello from ben" })
                Assert.Single(console.Output.Split('\n'), shown => shown.Contains(line, StringComparison.Ordinal));
        Assert.DoesNotContain('\e', ann.Output); // no colours in a pipe
    }

    [Fact]
    public async Task A_console_comes_back_to_what_it_missed()
    {
        await using var server = await TestServer.StartAsync(_database.Settings);
        await using (var first = Console(server.Url, "ann"))
        {
            await first.TypeAsync("seen");
            Assert.Equal(0, await first.EndInputAsync());
        }
        await using var hub = await server.ConnectHubAsync("ben");
        // more than the history at start
        for (var i = 0; i < 30; i++) await hub.SendAsync(ConversationId.Lobby, $"missed {i}");
        await using var second = Console(server.Url, "ann");
        Assert.Equal(0, await second.EndInputAsync());
        var shown = second.Output.Split('\n').Select(line => line.Trim()).ToList();
        var divider = shown.FindIndex(line => line.Contains("new since your last visit", StringComparison.Ordinal));
        Assert.True(divider > shown.FindIndex(line => line.EndsWith("ann: seen", StringComparison.Ordinal)),
            second.Output);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"ben: missed {i}"),
            shown.Skip(divider).Where(line => line.Contains("missed", StringComparison.Ordinal))
                .Select(line => line[6..]));
    }

    [Fact]
    public async Task Lines_typed_without_a_server_are_sent_once_by_the_next_run()
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using (var offline = Console(url, "ann"))
        {
            await offline.TypeAsync("from a train");
            await offline.UntilAsync("offline: will send later");
            Assert.Equal(0, await offline.SignalAsync("INT"));
            Assert.Contains("1 not sent yet; sent at the next start", offline.Output, StringComparison.Ordinal);
        }
        await using var server = await TestServer.StartAsync(_database.Settings, ("urls", url.ToString()));
        await using (var online = Console(url, "ann"))
        {
            await online.UntilAsync("ann: from a train");
            Assert.Equal(0, await online.EndInputAsync());
        }
        Assert.Equal(["ann: from a train"], await LobbyAsync(server));
    }

    [Fact]
    public async Task A_console_that_could_not_do_what_it_was_told_says_so_and_ends_with_another_code()
    {
        await using var server = await TestServer.StartAsync(_database.Settings);
        await using var refused = Console(server.Url, "ann");
        await refused.TypeAsync(new string('x', ChatLimits.BodyBytes + 1));
        Assert.Equal(1, await refused.EndInputAsync());
        Assert.Contains("not sent: xxx", refused.Output, StringComparison.Ordinal);
        await using var stranger = Console(server.Url, "eve", "--conversation", $"{Guid.NewGuid()}");
        Assert.Equal(1, await stranger.ExitAsync());
        await using var wrong = SampleProcess.Start("ConsoleChat", "--sever", "x");
        Assert.Equal(2, await wrong.ExitAsync());
        Assert.Contains("--sever is not an argument", wrong.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_consoles_in_a_conversation_of_their_own_talk_there()
    {
        await using var server = await TestServer.StartAsync(_database.Settings);
        await using var ann = Console(server.Url, "ann");
        await ann.TypeAsync("/create ben");
        await ann.TypeAsync("only for you");
        await ann.UntilAsync("ann: only for you");
        await using var ben = Console(server.Url, "ben");
        await ben.TypeAsync("/list");
        await ben.TypeAsync("/join 1"); // the most recently active
        await ben.UntilAsync("ann: only for you");
        Assert.Equal(0, await ben.EndInputAsync());
        Assert.Equal(0, await ann.EndInputAsync());
        Assert.Empty(await LobbyAsync(server));
    }

    // CH-90
    [Fact]
    public async Task A_console_says_when_somebody_writes_to_a_conversation_that_is_not_on_the_screen()
    {
        await using var server = await TestServer.StartAsync(_database.Settings);
        await using var ben = Console(server.Url, "ben");
        await ben.UntilAsync("lobby");
        await using var ann = await server.ConnectHubAsync("ann");
        var group = (await ann.CreateConversationAsync(
            new CreateConversation { Title = "Tea", ParticipantIds = [UserId.Parse("ann"), UserId.Parse("ben")] })).Id;
        await ann.SendAsync(group, "at five?");
        await ben.UntilAsync($"ann in Tea: at five? (1 unread, /join {group})");
        await ben.TypeAsync($"/join {group}");
        await ben.UntilAsync("ann: at five?");
        Assert.Equal(0, await ben.EndInputAsync());
    }

    [Fact]
    public async Task The_bot_answers_each_command_once_also_when_it_was_killed_and_has_forgotten_how_far_it_was()
    {
        await using var server = await TestServer.StartAsync(_database.Settings);
        await using var ann = await ChatClient.ConnectAsync(
            ChatClientOptions.ForServer(server.Url) with { UserId = UserId.Parse("ann") });
        using var bound = new CancellationTokenSource(Bounds.Run);
        await ann.SendAsync(ConversationId.Lobby, "!echo one");
        await ann.SendAsync(ConversationId.Lobby, "!time");
        await using (var killed = Bot(server.Url))
        {
            await UntilLastAsync(ann, 4, bound.Token);
            Assert.NotEqual(0, await killed.SignalAsync("KILL"));
        }
        File.Delete(Path.Combine(_folder, "bot.cursors"));
        await ann.SendAsync(ConversationId.Lobby, "!echo two");
        await using (var again = Bot(server.Url))
        {
            await UntilLastAsync(ann, 6, bound.Token);
            Assert.Equal(0, await again.SignalAsync("TERM"));
        }
        var said = await LobbyAsync(server);
        Assert.Equal(["ann: !echo one", "ann: !time", "bot: one", "ann: !echo two", "bot: two"],
            said.Where((_, i) => i != 3));
        Assert.EndsWith("UTC", said[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_tokens_the_console_goes_on_with_the_next_one_and_the_bot_answers()
    {
        var (time, life) = (new LeapingTime(), TimeSpan.FromMinutes(10));
        await using var server = await TokenServer.StartAsync(time);
        var file = Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(file, server.Tokens.Of("ann", life));
        await using var bot = SampleProcess.Start("Bot", "--server", server.Server.Url.ToString(), "--from", "0",
            "--cursors", Path.Combine(_folder, "bot.cursors"), "--token", server.Tokens.Of("bot"));
        await using var console = Console(server.Server.Url, "ann", "--token", $"@{file}");
        await console.TypeAsync("!echo with a token");
        await console.UntilAsync("bot: with a token");
        await File.WriteAllTextAsync(file, server.Tokens.Of("ann")); // as a sign-in does it that renews the file
        await using var watch = await server.ConnectHubAsync(server.Tokens.Of("watch", life));
        var ended = new TaskCompletionSource();
        watch.Closed += _ =>
        {
            ended.SetResult();
            return Task.CompletedTask;
        };
        time.Leap(life);
        await ended.Task.WaitAsync(Bounds.Wait); // the first token of the console has ended, too
        await console.TypeAsync("!echo with the next");
        await console.UntilAsync("bot: with the next");
        Assert.Equal(0, await console.EndInputAsync());
    }

    [Fact]
    public async Task A_console_whose_token_is_not_taken_says_so_and_ends()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        await using var console = Console(server.Server.Url, "ann", "--token", "nobody's");
        await console.UntilAsync("signed out");
        Assert.Equal(1, await console.ExitAsync());
    }

    private SampleProcess Console(Uri server, string user, params string[] more) =>
        SampleProcess.Start("ConsoleChat",
            ["--server", server.ToString(), "--user", user, "--data", Path.Combine(_folder, user), .. more]);

    private SampleProcess Bot(Uri server) =>
        SampleProcess.Start("Bot", "--server", server.ToString(), "--from", "0", "--cursors",
            Path.Combine(_folder, "bot.cursors"));

    private static async Task UntilLastAsync(ChatClient chat, long sequence, CancellationToken ct)
    {
        await foreach (var entry in chat.ReadAsync(ConversationId.Lobby, after: 0, ct))
            if (entry.Sequence == sequence) return;
    }

    private static async Task<List<string>> LobbyAsync(TestServer server)
    {
        await using var hub = await server.ConnectHubAsync("reader");
        var page = await hub.HistoryAsync(ConversationId.Lobby, new HistoryQuery { Limit = ChatLimits.HistoryPage });
        return [.. page.Entries.OfType<MessageEntry>().Select(message => $"{message.SenderId}: {message.Body}")];
    }
}
