using System.Globalization;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Rest;

namespace Chat.Tests.Integration.Room;

/// <summary>The room's long poll: waiting, waking, paging.</summary>
public sealed class RestPollTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private RestServer _server = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        _server = await RestServer.StartAsync(_database.Settings, ("Chat:Room:PollSeconds", "300"));
        await _server.JoinAsync("ann");
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("&after_id=0")]
    [InlineData("&since=0")]
    public async Task A_message_wakes_every_waiting_poll(string query)
    {
        var polls = Enumerable.Range(0, 100).Select(_ => _server.GetAsync($"/api/messages?client_id=ann{query}"))
            .ToList();
        await WaitingAsync(100);
        await _server.SendAsync("ann", "hello");
        Assert.All(await Task.WhenAll(polls).WaitAsync(Bounds.Wait),
            answer => Assert.Equal(("1:hello", "1"), (answer.Messages, answer.Cursor)));
        await WaitingAsync(0);
    }

    [Fact]
    public async Task A_poll_without_news_ends_empty_after_its_time()
    {
        await using var server = await RestServer.StartAsync(_database.Settings, ("Chat:Room:PollSeconds", "1"));
        await server.JoinAsync("bob");
        var answer = await server.GetAsync("/api/messages?client_id=bob");
        Assert.Equal(("""{"messages":[]}""", 15, "0"), (answer.Body, answer.Length, answer.Cursor));
    }

    [Fact]
    public async Task A_stopping_server_answers_its_waiting_polls_at_once()
    {
        var poll = _server.GetAsync("/api/messages?client_id=ann");
        await WaitingAsync(1);
        _server.BeginStop();
        Assert.Equal("""{"messages":[]}""", (await poll.WaitAsync(Bounds.Wait)).Body);
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_its_poll()
    {
        using var gone = new CancellationTokenSource();
        var poll = _server.GetAsync("/api/messages?client_id=ann", gone.Token);
        await WaitingAsync(1);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        await WaitingAsync(0);
    }

    [Fact]
    public async Task After_id_neither_loses_nor_repeats_while_messages_arrive()
    {
        const int count = 300;
        var sending = Task.Run(async () =>
        {
            for (var i = 1; i <= count; i++) await _server.SendAsync("ann", $"m{i}");
        });
        var seen = new List<string>();
        for (var cursor = "0"; seen.Count < count;)
        {
            var answer = await _server.GetAsync($"/api/messages?client_id=ann&after_id={cursor}");
            seen.AddRange(answer.Messages.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            cursor = answer.Cursor!;
        }
        await sending;
        Assert.Equal(Enumerable.Range(1, count).Select(i => $"{i}:m{i}"), seen);
    }

    // CH-42
    [Fact]
    public async Task Since_shows_what_is_strictly_newer_from_memory_and_from_disk()
    {
        for (var i = 1; i <= 20; i++) await _server.SendAsync("ann", $"m{i}");
        var times = (await _database.QueryAsync("select created_at from messages order by sequence")).ConvertAll(
            t => decimal.Parse(t, CultureInfo.InvariantCulture) / 1_000_000m);
        // has nothing in memory
        await using var other = await RestServer.StartAsync(_database.Settings, ("Chat:Room:PollSeconds", "1"));
        foreach (var server in (RestServer[])[_server, other])
        {
            Assert.Equal("8:m8", (await SinceAsync(server, times[6], "&limit=1")).Messages);
            Assert.Equal("7:m7", (await SinceAsync(server, times[6] - 0.000001m, "&limit=1")).Messages);
            Assert.Equal("20:m20", (await SinceAsync(server, times[18])).Messages);
            Assert.Equal("1:m1 2:m2", (await SinceAsync(server, -1, "&limit=2")).Messages);
        }
        Assert.Equal("""{"messages":[]}""", (await SinceAsync(other, times[19])).Body);
    }

    [Fact]
    public async Task A_since_ahead_of_the_clock_waits_for_what_is_newer_than_it()
    {
        var ahead = DateTimeOffset.UnixEpoch.AddYears(100).ToUnixTimeSeconds();
        var poll = SinceAsync(_server, ahead);
        await WaitingAsync(1);
        await _server.SendAsync("ann", "not newer");
        var late = Drafts.Message(ConversationId.Lobby, "newer");
        await _server.Get<IMessageStore>().CommitAsync(Drafts.Of(late), DateTimeOffset.UnixEpoch.AddYears(101),
            CancellationToken.None);
        var answer = await poll;
        Assert.Equal(("2:newer", "2"), (answer.Messages, answer.Cursor));
    }

    // CH-41
    [Fact]
    public async Task A_limit_ends_the_answer_and_its_cursor_goes_on_exactly()
    {
        for (var i = 1; i <= 5; i++) await _server.SendAsync("ann", $"m{i}");
        var first = await _server.GetAsync("/api/messages?client_id=ann&limit=2");
        Assert.Equal(("1:m1 2:m2", "2"), (first.Messages, first.Cursor));
        Assert.NotNull(first.Length);
        var second = await _server.GetAsync($"/api/messages?client_id=ann&limit=1000&after_id={first.Cursor}");
        Assert.Equal(("3:m3 4:m4 5:m5", "5"), (second.Messages, second.Cursor));
    }

    // CH-44
    [Fact]
    public async Task A_long_history_is_streamed_whole_and_in_order()
    {
        const int count = 5_000;
        var drafts = Enumerable.Range(1, count).Select(i => Drafts.Message(ConversationId.Lobby, $"m{i}"));
        var store = _server.Get<IMessageStore>();
        foreach (var some in drafts.Chunk(1_000))
            await store.CommitAsync(Drafts.Of(some), DateTimeOffset.UnixEpoch.AddYears(50), CancellationToken.None);
        var all = await _server.GetAsync("/api/messages?client_id=ann");
        Assert.Equal((string.Join(' ', Enumerable.Range(1, count).Select(i => $"{i}:m{i}")), $"{count}", null),
            (all.Messages, all.Cursor, all.Length));
        var part = await _server.GetAsync("/api/messages?client_id=ann&after_id=1000&limit=1000");
        Assert.Equal((string.Join(' ', Enumerable.Range(1_001, 1_000).Select(i => $"{i}:m{i}")), "2000"),
            (part.Messages, part.Cursor));
    }

    private static Task<RestAnswer> SinceAsync(RestServer server, decimal since, string more = "") =>
        server.GetAsync(string.Create(CultureInfo.InvariantCulture,
            $"/api/messages?client_id=ann&since={since}{more}"));

    /// <summary>Waits until so many polls listen to the lobby.</summary>
    private Task WaitingAsync(int polls) => Eventually.HoldsAsync(
        () => (_server.Get<FeedRegistry>().Find(ConversationId.Lobby)?.Listeners ?? 0) == polls);
}
