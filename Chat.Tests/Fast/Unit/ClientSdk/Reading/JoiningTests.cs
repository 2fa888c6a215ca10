using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Reading;

/// <summary>How conversations that are read are joined and left.</summary>
public sealed class JoiningTests : ReadingScene
{
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
}
