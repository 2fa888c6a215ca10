using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Integration.Changes;
using Chat.Tests.Integration.Membership;

namespace Chat.Tests.Integration.Messages;

/// <summary>CH-226: a deleted text is in no answer of any surface of any instance.</summary>
public abstract class DeletionSpec
{
    private const string Secret = "the secret", Edited = "edited secret";

    internal abstract DatabaseKind Kind { get; }

    [SpecFact]
    public async Task The_text_of_a_deleted_message_is_in_no_answer_of_any_surface_of_either_instance()
    {
        await using var site = await StartAsync();
        await using var ann = await site.Servers[0].ConnectHubAsync("ann");
        await using var readerA = await site.Servers[0].ConnectRawAsync("bea", "seq,edits,conversations");
        await using var readerB = await site.Servers[1].ConnectRawAsync("cem", "seq,edits,conversations");
        foreach (var reader in (RawClient[])[readerA, readerB]) await reader.JoinAsync(ConversationId.Lobby);
        await ann.SendAsync(ConversationId.Lobby, "before");
        var sent = await ann.SendAsync(ConversationId.Lobby, Secret, new() { AttachmentUrl = "https://the/secret" });
        await ann.EditMessageAsync(ConversationId.Lobby, sent.Sequence, new() { Body = Edited });
        foreach (var reader in (RawClient[])[readerA, readerB]) await reader.UntilAsync("entry"); // both have it

        await ann.DeleteMessageAsync(ConversationId.Lobby, sent.Sequence);

        Assert.Empty(await site.Database.QueryAsync(
            "select 1 from messages where message like '%secret%' or attachment_url like '%secret%'"));
        foreach (var reader in (RawClient[])[readerA, readerB])
            Assert.Equal("message_deleted",
                (await reader.UntilAsync("entry")).GetProperty("entry").GetProperty("kind").GetString());
        foreach (var server in site.Servers)
            foreach (var (surface, answer) in await EverySurface.AskAsync(
                server, "stranger", ConversationId.Lobby, [sent.Sequence]))
                Assert.False(answer.Contains("secret", StringComparison.Ordinal), surface);
    }

    // CH-227, CH-223: from one connection, without waiting for answers
    [SpecFact]
    public async Task Changes_of_one_message_and_later_messages_keep_the_order_of_the_calls()
    {
        await using var site = await StartAsync();
        await using var ann = await site.Servers[0].ConnectHubAsync("ann");
        var sent = await ann.SendAsync(ConversationId.Lobby, "0");

        var calls = new List<Task<Contracts.Events.SendReceipt>>();
        for (var i = 1; i <= 20; i++)
        {
            calls.Add(ann.EditMessageAsync(ConversationId.Lobby, sent.Sequence, new() { Body = $"{i}" }));
            calls.Add(ann.SendAsync(ConversationId.Lobby, $"message {i}"));
        }
        calls.Add(ann.DeleteMessageAsync(ConversationId.Lobby, sent.Sequence));
        var late = ann.EditMessageAsync(ConversationId.Lobby, sent.Sequence, new() { Body = "late" });
        calls.Add(ann.SendAsync(ConversationId.Lobby, "last"));

        var receipts = await Task.WhenAll(calls);
        Assert.Equal(receipts.Select((_, i) => sent.Sequence + 1 + i), receipts.Select(receipt => receipt.Sequence));
        Assert.Equal(ChatErrorCode.Gone, (await Assert.ThrowsAsync<ChatRefusedException>(() => late)).Code);
    }

    // CH-224
    [SpecFact]
    public async Task An_edit_that_is_repeated_behind_the_deletion_is_answered_with_the_stored_one()
    {
        await using var site = await StartAsync();
        await using var ann = await site.Servers[0].ConnectHubAsync("ann");
        var sent = await ann.SendAsync(ConversationId.Lobby, Secret);
        var edit = new EditMessage { Body = Edited, DedupeKey = "k" };
        var stored = await ann.EditMessageAsync(ConversationId.Lobby, sent.Sequence, edit);
        await ann.DeleteMessageAsync(ConversationId.Lobby, sent.Sequence);

        Assert.Equal(stored with { Duplicate = true },
            await ann.EditMessageAsync(ConversationId.Lobby, sent.Sequence, edit));
        Assert.Equal(ChatErrorCode.Gone, (await Assert.ThrowsAsync<ChatRefusedException>(() =>
            ann.EditMessageAsync(ConversationId.Lobby, sent.Sequence, edit with { DedupeKey = "l" }))).Code);
    }

    // CH-223: from two connections on two instances; every client ends the same
    [SpecFact]
    public async Task An_edit_racing_a_deletion_ends_the_same_for_every_client()
    {
        await using var site = await StartAsync();
        await using var ann = await site.Servers[0].ConnectHubAsync("ann");
        await using var again = await site.Servers[1].ConnectHubAsync("ann");
        for (var round = 0; round < 20; round++)
        {
            var sent = await ann.SendAsync(ConversationId.Lobby, Secret);
            var edit = again.EditMessageAsync(ConversationId.Lobby, sent.Sequence, new() { Body = Edited });
            var delete = ann.DeleteMessageAsync(ConversationId.Lobby, sent.Sequence);
            var deleted = await delete;
            try
            {
                Assert.True((await edit).Sequence < deleted.Sequence);
            }
            catch (ChatRefusedException e)
            {
                Assert.Equal(ChatErrorCode.Gone, e.Code);
            }
            foreach (var hub in (ChatHubConnection[])[ann, again])
            {
                var versions = (await hub.VersionsAsync(ConversationId.Lobby, sent.Sequence)).Entries;
                Assert.IsType<MessageDeletedEntry>(versions[^1]);
                Assert.All(versions.SkipLast(1), entry => Assert.True(entry.Erased));
            }
        }
    }

    private Task<MembershipSite> StartAsync() => MembershipSite.StartAsync(Kind, instances: 2,
        ("Chat:FanOut:FeedCapacity", "1024"), ("Chat:Limits:Factor", "1000"));
}

public sealed class SqliteDeletionTests : DeletionSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresDeletionTests : DeletionSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
