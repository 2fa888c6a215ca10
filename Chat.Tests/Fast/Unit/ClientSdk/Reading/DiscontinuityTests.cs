using Chat.ClientSdk;
using Chat.ClientSdk.Testing;
using Chat.ClientSdk.Views;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Unit.ClientSdk.Reading;

/// <summary>What the client does when the server's log was put back to an earlier state. CH-135.</summary>
public sealed class DiscontinuityTests : IDisposable
{
    private static readonly UserId Ann = UserId.Parse("ann");
    private static readonly UserId Ben = UserId.Parse("ben");

    private readonly string _folder = Directory.CreateTempSubdirectory("chat-discontinuity").FullName;
    private readonly InMemoryChatServer _server = new();
    private readonly ConversationId _group;

    public DiscontinuityTests() => _group = _server.CreateGroup(Ann, Ben);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_is_given_what_took_the_lost_places(bool isConnected)
    {
        await using var chat = await StartAsync();
        var told = Listen(chat);
        var read = Read(chat.ReadAsync(_group, after: 0));
        Say("kept", "lost 1", "lost 2", "lost 3");
        (await read.TakeAsync(5)).Should().HaveCount(5);

        if (!isConnected) _server.RefuseConnections = true;
        if (!isConnected) _server.Disconnect(Ann);
        _server.PutBack(_group, 2);
        Say("new 1", "new 2", "new 3", "new 4");
        _server.RefuseConnections = false;

        (await read.TakeAsync(4)).Should().Equal("3 new 1", "4 new 2", "5 new 3", "6 new 4");
        (await told.NextAsync()).Should().Be(new LogDiscontinuity(_group, 2));
        Say("goes on");
        (await read.TakeAsync(1)).Should().Equal("7 goes on");
        told.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task A_reader_that_has_seen_nothing_of_what_is_lost_is_not_told()
    {
        await using var chat = await StartAsync();
        var told = Listen(chat);
        var other = _server.CreateGroup(Ann, Ben);
        var read = Read(chat.ReadAsync(other, after: 0));
        _server.Post(other, Ben, "here");
        await read.TakeAsync(2);
        _server.PutBack(_group, 0); // another conversation: this one has another generation, and all its entries
        _server.Post(other, Ben, "goes on");
        (await read.TakeAsync(1)).Should().Equal("3 goes on");
        told.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task A_view_is_loaded_anew_and_says_where_the_log_was_put_back()
    {
        Say("kept", "lost 1");
        await using var chat = await StartAsync();
        await using var view = await chat.OpenViewAsync(_group);
        Say("lost 2");
        await ShowsAsync(view, "kept", "lost 1", "lost 2");
        _server.PutBack(_group, 2);
        await ShowsAsync(view, "kept");
        view.State.DiscontinuityAfter.Should().Be(2);
        Say("new");
        await ShowsAsync(view, "kept", "new");
    }

    [Fact]
    public async Task A_saved_cursor_of_another_generation_is_noticed_at_the_next_start()
    {
        Say("1", "2", "3");
        await using (var cursors = new FileCursorStore(Path.Combine(_folder, "cursors")))
        await using (var chat = await StartAsync())
        {
            var read = Read(chat.ReadAsync(_group, cursors, otherwise: 0));
            await read.TakeAsync(4);
            await Eventually.HoldsAsync(async () => await cursors.LoadAsync(_group) == 4); // behind the consumer
            (await cursors.LoadGenerationAsync(_group)).Should().NotBeNullOrEmpty();
        }
        _server.PutBack(_group, 1);
        await using var saved = new FileCursorStore(Path.Combine(_folder, "cursors"));
        await using var again = await StartAsync();
        var told = Listen(again);
        var after = Read(again.ReadAsync(_group, saved));
        (await told.NextAsync()).Should().Be(new LogDiscontinuity(_group, 1));
        Say("new");
        (await after.TakeAsync(1)).Should().Equal("2 new");
    }

    private async Task<ChatClient> StartAsync()
    {
        var chat = _server.CreateClient(Ann);
        await chat.StartAsync();
        return chat;
    }

    private void Say(params string[] bodies)
    {
        foreach (var body in bodies) _server.Post(_group, Ben, body);
    }

    private static Inbox<LogDiscontinuity> Listen(ChatClient chat)
    {
        var told = new Inbox<LogDiscontinuity>();
        chat.OnDiscontinuity(told.Add);
        return told;
    }

    private static Inbox<string> Read(IAsyncEnumerable<ConversationEntry> entries)
    {
        var read = new Inbox<string>();
        _ = Task.Run(async () =>
        {
            await foreach (var entry in entries)
                read.Add($"{entry.Sequence} {(entry as MessageEntry)?.Body}".TrimEnd());
        });
        return read;
    }

    private static Task ShowsAsync(ConversationView view, params string[] bodies) => Eventually.HoldsAsync(
        () => view.State.Messages.Select(message => message.Body).SequenceEqual(bodies));
}
