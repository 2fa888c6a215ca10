using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>Every kind of entry in every <see cref="IMessageStore"/>.</summary>
public abstract class EntryKindSpec : StoreSpec
{
    [SpecFact]
    public async Task Every_kind_of_entry_comes_back_exactly()
    {
        var conversation = await CreateConversationAsync();
        ConversationEntry[] drafts = [.. EveryKind(conversation)];
        Assert.Equal(Enum.GetValues<EntryKind>().Length - 1, drafts.Select(d => d.Kind).Distinct().Count());

        // Messages are stored before the entries that change them.
        var first = Array.FindIndex(drafts, draft => draft is MessageEditedEntry);
        var unpinned = Array.FindIndex(drafts, draft => draft is UnpinnedEntry);
        CommitOutcome[] outcomes =
        [
            .. await CommitAsync(drafts[..first]), .. await CommitAsync(drafts[first..unpinned]),
            .. await CommitAsync(drafts[unpinned..]),
        ];

        var deleted = Assert.Single(drafts.OfType<MessageDeletedEntry>()).TargetSequence;
        var expected = drafts.Zip(outcomes, (d, o) => d with { Sequence = o.Sequence, CreatedAt = o.CreatedAt })
            .Select(entry => Erasure.Concerns(entry, deleted) ? Erasure.Of(entry) : entry).ToList();
        var actual = (await ReadAllAsync(conversation)).Skip(1).ToList();
        Assert.Equal(expected.Select(e => e.GetType()), actual.Select(e => e.GetType()));
        Assert.All(expected.Zip(actual), pair => Assert.Equivalent(pair.First, pair.Second, strict: true));
    }

    [SpecFact]
    public async Task An_entry_of_a_kind_that_a_newer_version_stored_is_read_as_one_that_is_not_known()
    {
        var conversation = await CreateConversationAsync();
        var stored = Assert.Single(await CommitAsync(Drafts.Message(conversation, "of the future")));
        await CommitAsync(Drafts.Message(conversation, "behind it"));
        await Database.ExecuteAsync("update messages set kind = 99, payload = '{\"new\":[1]}' where sequence = 2");

        var log = await ReadAllAsync(conversation);

        var unknown = Assert.IsType<UnknownEntry>(log[1]);
        Assert.Equal((stored.Id, 2, stored.CreatedAt, "ann", EntryKind.Unknown),
            (unknown.Id, unknown.Sequence, unknown.CreatedAt, unknown.SenderId.Value, unknown.Kind));
        Assert.Equal("behind it", Assert.IsType<MessageEntry>(log[2]).Body);
        var listed = await ListAsync(UserId.Parse("ann"));
        Assert.Contains(listed, summary => summary.Id == conversation);
    }

    private static IEnumerable<ConversationEntry> EveryKind(ConversationId conversation)
    {
        var message = Drafts.Message(conversation, "grüße 👩‍👩‍👧 \u2028 \"quoted\" \\ {,}", "Zoë 🦉");
        yield return message;
        yield return message with { Id = MessageId.New(Drafts.Noon), Body = new string('x', 65_536) };
        yield return message with
        {
            Id = MessageId.New(Drafts.Noon), Body = null, MsgType = MessageType.Image,
            AttachmentUrl = "https://example.org/ä?b={c,d}",
            AttachmentMeta = new RawJson("{ \"b\":1.0, \"a\" : [1e3,null,\"\\u00e9\"] }"), DedupeKey = "key-1",
        };
        yield return message with
        {
            Id = MessageId.New(Drafts.Noon), Body = null, MsgType = MessageType.File,
            AttachmentMeta = new RawJson("null")
        };
        MessageMentions mentions = new() { Users = [UserId.Parse("bob"), UserId.Parse("dörte")], Everyone = true };
        yield return message with
        {
            Id = MessageId.New(Drafts.Noon), ReplyTo = 3, Thread = 2, AlsoInConversation = true, Mentions = mentions,
            AttachmentUrl = "https://example.org/1",
            Attachments =
            [
                new MessageAttachment
                {
                    Id = "f", Url = "https://example.org/1", Name = "ä 🎉", MediaType = "image/png",
                    Size = long.MaxValue, Width = 1, Height = int.MaxValue, Meta = new RawJson("{ \"b\":1.0 }"),
                },
                new MessageAttachment { Url = "https://example.org/2" },
            ],
        };
        yield return message with { Id = MessageId.New(Drafts.Noon), Thread = 2 };
        yield return message with { Id = MessageId.New(Drafts.Noon), ReplyTo = 2 };
        var created = Drafts.Created("ann", "bob");
        yield return created with { ConversationId = conversation, Sequence = 0, Title = "Ünïcode 🎉" };
        yield return Drafts.Added(conversation, "carl", "dörte");
        yield return Drafts.Removed(conversation, "carl");
        RoleChangedEntry changed = new()
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("ann"), CreatedAt = default,
            ParticipantId = UserId.Parse("bob"), Role = ParticipantRole.Moderator,
        };
        yield return changed;
        yield return changed with
        {
            Id = MessageId.New(Drafts.Noon), Role = ParticipantRole.Readonly, Until = Drafts.Noon.AddMicroseconds(1),
        };
        ConversationChangedEntry settings = new()
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("ann"), CreatedAt = default, Title = "neu",
        };
        yield return settings;
        yield return settings with { Id = MessageId.New(Drafts.Noon), Title = "", SlowModeSeconds = 0 };
        yield return new MessageEditedEntry
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("ann"), CreatedAt = default,
            TargetSequence = 2, Body = "better",
        };
        yield return new MessageEditedEntry
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("ann"), CreatedAt = default,
            TargetSequence = 4, Body = null, AttachmentUrl = "https://example.org/neu",
            AttachmentMeta = new RawJson("[ 1.0 ]"),
        };
        yield return new MessageDeletedEntry
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("ann"), CreatedAt = default, TargetSequence = 3, Reason = "zu groß 🙈",
        };
        ContentErasedEntry erased = new()
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("ann"), CreatedAt = default, ThroughSequence = 1,
        };
        yield return erased;
        yield return erased with
        {
            Id = MessageId.New(Drafts.Noon), ThroughSequence = null, UserId = UserId.Parse("bob"),
        };
        yield return new PinnedEntry
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("bob"), CreatedAt = default, TargetSequence = 5,
        };
        yield return new UnpinnedEntry
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("bob"), CreatedAt = default, TargetSequence = 5,
        };
        ReactionsChangedEntry reactions = new()
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("bob"), CreatedAt = default,
            TargetSequence = 4, Counts = [new ReactionCount("👍🏽", 2), new ReactionCount(":ok:", 1)],
            Changes = [new ReactionChange(UserId.Parse("bob"), ["👍🏽"]), new ReactionChange(UserId.Parse("cy\""), [])],
        };
        yield return reactions;
        yield return reactions with { Id = MessageId.New(Drafts.Noon), Counts = [], Changes = null };
    }
}
