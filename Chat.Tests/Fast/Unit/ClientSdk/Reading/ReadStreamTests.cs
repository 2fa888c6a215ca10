using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Reading;

public sealed class ReadStreamTests : ReadingScene
{
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
    public async Task Entries_stored_during_a_loss_are_read_in_the_next_session()
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
}
