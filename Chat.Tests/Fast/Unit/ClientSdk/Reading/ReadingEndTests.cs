using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Reading;

/// <summary>How the reading of a conversation ends.</summary>
public sealed class ReadingEndTests : ReadingScene
{
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
}
