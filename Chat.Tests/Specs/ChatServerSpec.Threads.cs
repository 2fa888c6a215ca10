using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Tests.Specs;

public abstract partial class ChatServerSpec
{
    private const string NoMessage = "must name a message before this one, of the same conversation";

    // CH-240, CH-241
    [Fact]
    public async Task Messages_answer_others_and_stand_in_threads_without_threads_in_them()
    {
        var (ann, ben, id) = await GroupAsync();
        await ben.Hub.Join(id);
        var first = (await ann.Hub.Send(id, "first")).Sequence; // 2
        await ann.Hub.Send(id, "a quote", new() { ReplyTo = first });
        await ann.Hub.Send(id, "in its thread", new() { Thread = first });
        await ann.Hub.Send(id, "to a reply", new() { Thread = 4, AlsoInConversation = true });
        await ann.Hub.Send(id, "answers a reply", new() { ReplyTo = 4 });
        await ann.Hub.Send(id, "a quote is in no thread", new() { ReplyTo = 3, AlsoInConversation = true });

        Assert.Equal([2, 3, 4, 5, 6, 7], await ben.Pushes.SequencesAsync(6));
        var page = (await ben.Hub.History(id)).Entries.OfType<MessageEntry>().ToList();
        Assert.Equal([null, 2, null, null, 4, 3], page.Select(message => message.ReplyTo));
        Assert.Equal([null, null, 2, 2, 2, null], page.Select(message => message.Thread));
        Assert.Equal([5L], page.Where(message => message.AlsoInConversation).Select(message => message.Sequence));

        await RefusedAsync(ChatErrorCode.BadRequest, $"replyTo {NoMessage}",
            () => ann.Hub.Send(id, "to itself", new() { ReplyTo = 8 }));
        await RefusedAsync(ChatErrorCode.BadRequest, $"thread {NoMessage}",
            () => ann.Hub.Send(id, "to what is no message", new() { Thread = 1 }));
        await RefusedAsync(ChatErrorCode.BadRequest, $"thread {NoMessage}",
            () => ann.Hub.Send(id, "to nothing", new() { Thread = 0 }));
        await RefusedAsync(ChatErrorCode.BadRequest, $"replyTo {NoMessage}",
            () => ann.Hub.Send(ConversationId.Lobby, "elsewhere", new() { ReplyTo = 1_000_000_000 }));
        await RefusedAsync(ChatErrorCode.BadRequest, "alsoInConversation goes with thread",
            () => ann.Hub.Send(id, "x", new() { AlsoInConversation = true }));
        Assert.Equal(7, (await ben.Hub.History(id)).Head);
    }

    // CH-242, CH-243
    [Fact]
    public async Task Mentions_and_attachments_come_back_as_they_were_sent()
    {
        var (ann, ben, id) = await GroupAsync();
        await ben.Hub.Join(id);
        var options = new SendOptions
        {
            Mentions = new() { Users = [Ben, Cem], Everyone = true },
            Attachments =
            [
                new() { Url = "https://example.org/a", Name = "a", Size = 3, Meta = new RawJson("{ \"k\" :1.0}") },
                new() { Id = "2", Url = "https://example.org/b", MediaType = "image/png", Width = 2, Height = 1 },
            ],
        };

        var receipt = await ann.Hub.Send(id, null, options);

        var shown = Assert.IsType<MessageEntry>(await ben.Pushes.NextAsync());
        var stored = Assert.IsType<MessageEntry>((await ben.Hub.History(id)).Entries[^1]);
        Assert.Equivalent(shown, stored, strict: true);
        Assert.Equal(receipt.Id, stored.Id);
        Assert.Equal(options.Mentions, stored.Mentions);
        Assert.Equal(options.Attachments, stored.Attachments);
        Assert.Equal(("https://example.org/a", new RawJson("{ \"k\" :1.0}")),
            (stored.AttachmentUrl, stored.AttachmentMeta));
        await ann.Hub.Send(id, "old", new() { AttachmentUrl = "https://example.org/a" });
        Assert.Null(Assert.IsType<MessageEntry>((await ben.Hub.History(id)).Entries[^1]).Attachments);
        await RefusedAsync(ChatErrorCode.BadRequest, "mentions must include at most 50 users",
            () => ann.Hub.Send(id, "x", new() { Mentions = new() { Users = UsersOf(51) } }));
        await RefusedAsync(ChatErrorCode.BadRequest, "attachments.url must not contain NUL characters",
            () => ann.Hub.Send(id, "x", new() { Attachments = [new() { Url = "\0" }] }));
    }

    // CH-244
    [Fact]
    public async Task Everyone_is_mentioned_by_those_above_and_in_small_groups_by_anybody()
    {
        const string refusal = "only an owner or a moderator may mention everyone where more than 50 take part";
        var everyone = new SendOptions { Mentions = new() { Everyone = true } };
        var (ann, ben, id) = await GroupAsync(UsersOf(48));
        await ben.Hub.Send(id, "fifty", everyone);
        await ann.Hub.AddParticipants(id, [Cem]);

        await RefusedAsync(ChatErrorCode.Forbidden, refusal, () => ben.Hub.Send(id, "fifty-one", everyone));

        await ann.Hub.Send(id, "an owner", everyone);
        await ann.Hub.SetRole(id, new SetRole { UserId = Ben, Role = ParticipantRole.Moderator });
        await ben.Hub.Send(id, "a moderator", everyone);
        await ann.Hub.SetRole(id, new SetRole { UserId = Ben, Role = ParticipantRole.Member });
        await RefusedAsync(ChatErrorCode.Forbidden, refusal, () => ben.Hub.Send(id, "a member", everyone));
        await RefusedAsync(ChatErrorCode.Forbidden, refusal,
            () => ben.Hub.Send(ConversationId.Lobby, "all the world", everyone));
    }

    private static UserId[] UsersOf(int count) =>
        [.. Enumerable.Range(0, count).Select(i => UserId.Parse($"member {i}"))];
}
