using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Rights;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>The number of lanes changes while messages come: each is stored once, in the order of its sender.</summary>
public sealed class LaneChangeTests : IAsyncLifetime
{
    private const int Senders = 8, Messages = 200;

    private LaneHost _host = null!;
    private Task _running = Task.CompletedTask;

    private Chat.Server.Core.MessageLog.MessageLog Log => _host.Get<Chat.Server.Core.MessageLog.MessageLog>();

    public async Task InitializeAsync()
    {
        _host = await LaneHost.StartAsync(_ => { });
        _running = Log.RunAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        Log.Complete();
        await _running.WaitAsync(Bounds.Wait);
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task All_are_stored_once_and_in_order(int seed)
    {
        var conversations = new[] { await CreateAsync(), await CreateAsync(), await CreateAsync() };
        var sending = Task.WhenAll(Enumerable.Range(0, Senders).Select(n => SendAllAsync(n, conversations)));

        var random = new Random(seed);
        var changes = 0;
        while (!sending.IsCompleted)
        {
            Log.Use(random.Next(1, 6));
            changes++;
            await Task.Yield();
        }
        await sending.WaitAsync(Bounds.Wait);

        changes.Should().BeGreaterThan(1);
        foreach (var conversation in conversations)
        {
            var read = await ReadAsync(conversation);
            for (var n = 0; n < Senders; n++)
                read.Where(body => body.StartsWith($"{n}:", StringComparison.Ordinal)).Should()
                    .Equal(Expected(n, conversation, conversations));
        }
    }

    [Fact]
    public async Task What_waits_for_the_lanes_of_before_is_stored_at_a_stop()
    {
        var sent = new List<Task<Appended>>();
        for (var i = 0; i < 100; i++)
        {
            sent.Add(await EnqueueAsync(_host.Conversation, $"{i}"));
            Log.Use(1 + i % 4);
        }
        Log.Complete();
        await _running.WaitAsync(Bounds.Wait);

        await Task.WhenAll(sent).WaitAsync(Bounds.Wait);
        (await ReadAsync(_host.Conversation)).Should().Equal(Enumerable.Range(0, 100).Select(i => $"{i}"));
        var late = () => EnqueueAsync(_host.Conversation, "late");
        (await late.Should().ThrowAsync<ChatException>()).Which.Message.Should().Contain("shutting down");
    }

    private static IEnumerable<string> Expected(int n, ConversationId conversation, ConversationId[] all) =>
        Enumerable.Range(0, Messages).Where(i => all[(n + i) % all.Length] == conversation).Select(i => $"{n}:{i}");

    /// <summary>The next one has its place behind the last one, and does not wait for it to be stored.</summary>
    private async Task SendAllAsync(int n, ConversationId[] conversations)
    {
        await Task.Yield();
        var sent = new List<Task<Appended>>();
        for (var i = 0; i < Messages; i++)
        {
            sent.Add(await EnqueueAsync(conversations[(n + i) % conversations.Length], $"{n}:{i}"));
            if (i % 16 == 15) await sent[^1];
        }
        await Task.WhenAll(sent);
    }

    private async Task<Task<Appended>> EnqueueAsync(ConversationId conversation, string body) =>
        await Log.EnqueueAsync(Drafts.Of(Drafts.Message(conversation, body))[0], CancellationToken.None);

    private async Task<ConversationId> CreateAsync()
    {
        var command = new CreateConversation { ParticipantIds = [LaneHost.Ann] };
        return (await _host.Get<Creation>().CreateAsync(LaneHost.Ann.AsCaller(), command, CancellationToken.None)).Id;
    }

    private async Task<List<string>> ReadAsync(ConversationId conversation)
    {
        var store = _host.Get<IMessageStore>();
        var entries = await store.ReadAfterAsync(conversation, 0, 10_000, CancellationToken.None);
        return [.. entries.OfType<MessageEntry>().Select(message => message.Body!)];
    }
}
