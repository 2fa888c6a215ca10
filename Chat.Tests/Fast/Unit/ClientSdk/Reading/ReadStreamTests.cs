using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Reading;

public sealed class ReadStreamTests
{
    private static readonly ConversationId Room = ConversationId.New(Drafts.Noon);

    private readonly ScriptedLink _link = new ScriptedLink().Connect();
    private readonly ManualTime _time = new();

    private ChatClient Client(ReadingOptions? reading = null) =>
        new(ChatClientOptions.ForServer(new Uri("http://localhost")) with
        {
            Reading = reading ?? new(), TimeProvider = _time
        }, _link);

    [Fact]
    public async Task From_the_beginning_history_comes_first_and_then_what_is_pushed()
    {
        for (var i = 0; i < 30; i++) _link.Store(Drafts.Message(Room));
        await using var client = Client(new() { PageSize = 7 });
        await using var reader = new Consumer(client.ReadAsync(Room, after: 0));

        await reader.HasAsync(30);
        _link.Append(Room, 5);

        await reader.HasAsync(35);
        reader.IsContiguousFrom(1);
    }

    [Fact]
    public async Task Without_a_cursor_only_what_comes_is_shown()
    {
        for (var i = 0; i < 10; i++) _link.Store(Drafts.Message(Room));
        await using var client = Client();
        await using var reader = new Consumer(client.ReadAsync(Room));
        await JoinedAsync();

        _link.Append(Room, 2);

        await reader.HasAsync(2);
        reader.IsContiguousFrom(11);
        Assert.Empty(_link.Server.Pages);
    }

    [Fact]
    public async Task What_was_stored_while_there_was_no_connection_is_read_in_the_next_session()
    {
        await using var client = Client();
        await using var reader = new Consumer(client.ReadAsync(Room, after: 0));
        await JoinedAsync();
        _link.Append(Room, 3);
        await reader.HasAsync(3);

        _link.Cut();
        for (var i = 0; i < 4; i++) _link.Store(Drafts.Message(Room));
        _link.Connect();

        await reader.HasAsync(7);
        _link.Append(Room, 1);
        await reader.HasAsync(8);
        reader.IsContiguousFrom(1);
        Assert.Equal(2, _link.Server.Joins.Count);
    }

    [Fact]
    public async Task Repeated_reordered_and_missing_pushes_do_no_harm()
    {
        await using var client = Client();
        await using var reader = new Consumer(client.ReadAsync(Room, after: 0));
        await JoinedAsync();
        var entries = Enumerable.Range(0, 8).Select(_ => _link.Store(Drafts.Message(Room))).ToList();

        foreach (var at in new[] { 0, 0, 2, 1, 2, 5, 4, 0, 7 }) _link.Push(entries[at]); // 4 and 7 never come

        await reader.HasAsync(8);
        reader.IsContiguousFrom(1);
    }

    [Fact]
    public async Task A_consumer_that_stands_still_is_not_waited_for_and_misses_nothing()
    {
        await using var client = Client(new() { KeepEntries = 16, PageSize = 50 });
        await using var slow = new Consumer(client.ReadAsync(Room, after: 0), isHeld: true);
        await using var quick = new Consumer(client.ReadAsync(Room, after: 0));
        await JoinedAsync();

        _link.Append(Room, 2_000);
        await quick.HasAsync(2_000);
        slow.Release();

        await slow.HasAsync(2_000);
        slow.IsContiguousFrom(1);
        quick.IsContiguousFrom(1);
    }

    [Fact]
    public async Task The_next_page_travels_while_the_consumer_works_on_this_one()
    {
        for (var i = 0; i < 30; i++) _link.Store(Drafts.Message(Room));
        await using var client = Client(new() { PageSize = 10 });
        await using var batches = client.ReadBatchesAsync(Room, after: 0).GetAsyncEnumerator();

        Assert.True(await batches.MoveNextAsync().AsTask().WaitAsync(Bounds.Wait));

        Assert.Equal(10, batches.Current.Count);
        Assert.Equal(0, (await _link.Server.Asked.NextAsync()).After);
        Assert.Equal(10, (await _link.Server.Asked.NextAsync()).After);
    }

    [Fact]
    public async Task A_page_that_ends_before_its_limit_is_not_the_end()
    {
        for (var i = 0; i < 30; i++) _link.Store(Drafts.Message(Room));
        _link.Server.Distort = page => page with { Entries = [.. page.Entries.Take(4)] }; // they are large
        await using var client = Client();
        await using var reader = new Consumer(client.ReadAsync(Room, after: 0));

        await reader.HasAsync(30);
        reader.IsContiguousFrom(1);
    }

    [Fact]
    public async Task A_page_with_a_hole_is_shown_up_to_it_and_asked_for_again()
    {
        for (var i = 0; i < 9; i++) _link.Store(Drafts.Message(Room));
        var distorted = 0;
        _link.Server.Distort = page =>
            ++distorted == 1 ? page with { Entries = [.. page.Entries.Where(entry => entry.Sequence != 4)] } : page;
        await using var client = Client();
        await using var reader = new Consumer(client.ReadAsync(Room, after: 0));

        await reader.HasAsync(9);

        reader.IsContiguousFrom(1);
    }

    [Fact]
    public async Task A_join_that_fails_for_the_moment_is_made_again()
    {
        var calls = 0;
        _link.Server.BeforeCall = method => ++calls <= 2
            ? Task.FromException(
                ServerScript.Refusal(calls == 1 ? ChatErrorCode.InternalError : ChatErrorCode.RateLimited))
            : Task.CompletedTask;
        _link.Store(Drafts.Message(Room));
        await using var client = Client();
        await using var reader = new Consumer(client.ReadAsync(Room, after: 0));

        await reader.HasAsync(1, while_: () => _time.Advance(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task More_conversations_than_may_be_joined_are_followed_by_the_list_until_there_is_a_place()
    {
        _link.Server.MostJoined = 2;
        var rooms = Enumerable.Range(0, 5).Select(_ => ConversationId.New(Drafts.Noon)).ToList();
        foreach (var room in rooms) _link.Store(Drafts.Message(room));
        await using var client = Client(new ReadingOptions { Linger = TimeSpan.FromSeconds(1) });
        var readers = rooms.ConvertAll(room => new Consumer(client.ReadAsync(room, after: 0)));
        void Pass() => _time.Advance(TimeSpan.FromSeconds(0.1));

        foreach (var reader in readers) await reader.HasAsync(1, while_: Pass);
        Assert.Equal(2, rooms.Count(_link.Hub.HasJoined));
        foreach (var room in rooms)
        {
            _link.Append(room, 1);
            _link.Tell(new Push.Listed(new(room, new ConversationSummary
            {
                Id = room, Kind = ConversationKind.Group, CreatedAt = Drafts.Noon, LastSequence = 2,
                LastReadSequence = 0,
            })));
        }
        foreach (var reader in readers) await reader.HasAsync(2, while_: Pass);

        var joined = rooms.FindIndex(_link.Hub.HasJoined);
        await readers[joined].DisposeAsync();
        await Eventually.HoldsAsync(() =>
        {
            Pass();
            return Task.FromResult(!_link.Hub.HasJoined(rooms[joined]) && rooms.Count(_link.Hub.HasJoined) == 2);
        });
        foreach (var reader in readers) reader.IsContiguousFrom(1);
        foreach (var reader in readers.Where((_, i) => i != joined)) await reader.DisposeAsync();
    }

    [Fact]
    public async Task A_conversation_that_may_not_be_read_is_refused_and_may_be_tried_again()
    {
        _link.Server.Forbidden[Room] = true;
        await using var client = Client();

        await using var refused = new Consumer(client.ReadAsync(Room, after: 0));
        Assert.Equal(ChatErrorCode.Forbidden, Assert.IsType<ChatRefusedException>(await refused.EndAsync()).Code);

        _link.Server.Forbidden.Clear();
        _link.Store(Drafts.Message(Room));
        await using var allowed = new Consumer(client.ReadAsync(Room, after: 0));
        await allowed.HasAsync(1);
    }

    [Fact]
    public async Task A_user_who_is_removed_sees_the_removal_and_then_the_end()
    {
        await using var client = Client();
        await using var reader = new Consumer(client.ReadAsync(Room, after: 0));
        await JoinedAsync();

        _link.Append(Room, 2);
        _link.Append(Drafts.Removed(Room, "me"));
        _link.Server.Forbidden[Room] = true;
        _link.Tell(new Push.Closed(Room));

        Assert.Null(await reader.EndAsync());
        Assert.IsType<ParticipantRemovedEntry>(reader.Entries[^1]);
        reader.IsContiguousFrom(1);
    }

    [Fact]
    public async Task A_reader_that_cannot_be_shown_everything_up_to_the_removal_is_told_so()
    {
        await using var client = Client(new() { KeepEntries = 4 });
        await using var reader = new Consumer(client.ReadAsync(Room, after: 0), isHeld: true);
        await JoinedAsync();
        _link.Append(Room, 1);
        await reader.HasAsync(1); // and now it is busy with it

        _link.Append(Room, 50);
        _link.Server.Forbidden[Room] = true;
        _link.Tell(new Push.Closed(Room));
        reader.Release();

        Assert.IsType<ChatRefusedException>(await reader.EndAsync());
    }

    [Fact]
    public async Task A_cursor_beyond_the_end_is_refused()
    {
        _link.Store(Drafts.Message(Room));
        await using var client = Client();

        await using var reader = new Consumer(client.ReadAsync(Room, after: 2));

        Assert.Equal(ChatErrorCode.BadRequest, Assert.IsType<ChatRefusedException>(await reader.EndAsync()).Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => client.ReadAsync(Room, after: -1));
    }

    [Fact]
    public async Task The_end_of_the_client_and_of_the_connection_end_the_readers()
    {
        var client = Client();
        await using var disposed = new Consumer(client.ReadAsync(Room, after: 0));
        await JoinedAsync();
        await client.DisposeAsync();
        Assert.IsType<ObjectDisposedException>(await disposed.EndAsync());

        await using var other = Client();
        await using var givenUp = new Consumer(other.ReadAsync(Room, after: 0));
        await JoinedAsync();
        _link.GiveUp(new ChatConnectException("given up"));
        Assert.IsType<ChatConnectException>(await givenUp.EndAsync());
    }

    [Fact]
    public async Task A_conversation_is_left_a_while_after_its_last_reader_and_not_when_another_comes_meanwhile()
    {
        await using var client = Client(new() { Linger = TimeSpan.FromSeconds(30) });
        _link.Store(Drafts.Message(Room));
        var first = new Consumer(client.ReadAsync(Room, after: 0));
        await first.HasAsync(1);
        await first.DisposeAsync();
        _time.Advance(TimeSpan.FromSeconds(29));
        var second = new Consumer(client.ReadAsync(Room, after: 0));
        await second.HasAsync(1);
        _time.Advance(TimeSpan.FromSeconds(29));
        _link.Append(Room, 1);
        await second.HasAsync(2);
        Assert.Empty(_link.Server.Leaves);
        Assert.Single(_link.Server.Joins);

        await second.DisposeAsync();
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(Room, await _link.Server.Left.NextAsync());
        await using var third = new Consumer(client.ReadAsync(Room, after: 0));
        await third.HasAsync(2); // perhaps before it has joined: memory and history have both
        await JoinedAsync();
        Assert.Equal(2, _link.Server.Joins.Count);
    }

    [Fact]
    public async Task Thousands_of_conversations_are_joined_again_some_at_a_time()
    {
        var rooms = Enumerable.Range(0, 3_000).Select(_ => ConversationId.New(Drafts.Noon)).ToList();
        await using var client = Client();
        var readers = rooms.Select(room => new Consumer(client.ReadAsync(room, after: 0))).ToList();
        await Eventually.HoldsAsync(() => YieldAsync(_link.Server.Joins.Count == 3_000));
        var (calls, most) = (0, 0);
        _link.Server.BeforeCall = async method =>
        {
            if (method != "Join") return;
            InterlockedMax(ref most, Interlocked.Increment(ref calls));
            await Task.Yield();
            Interlocked.Decrement(ref calls);
        };

        _link.Cut();
        foreach (var room in rooms) _link.Store(Drafts.Message(room));
        _link.Connect();

        foreach (var reader in readers) await reader.HasAsync(1);
        Assert.InRange(most, 1, 16);
        foreach (var reader in readers) await reader.DisposeAsync();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var known = Volatile.Read(ref most); value > known
            && Interlocked.CompareExchange(ref most, value, known) != known;) known = Volatile.Read(ref most);
    }

    private static async Task<bool> YieldAsync(bool condition)
    {
        await Task.Yield();
        return condition;
    }

    private Task JoinedAsync() =>
        Eventually.HoldsAsync(() => YieldAsync(_link.Current is not null && _link.Hub.HasJoined(Room)));
}
