using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Fixtures;

/// <summary>Entries as the core hands them to a store.</summary>
internal static class Drafts
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static MessageEntry Message(ConversationId conversation, string? body = "hello", string sender = "ann", string? dedupeKey = null) => new()
    {
        Id = MessageId.New(Noon), ConversationId = conversation, Sequence = 0, SenderId = UserId.Parse(sender), CreatedAt = default,
        Body = body, DedupeKey = dedupeKey,
    };

    public static ConversationCreatedEntry Created(params IEnumerable<string> participants) => new()
    {
        Id = MessageId.New(Noon), ConversationId = ConversationId.New(Noon), Sequence = 1, SenderId = UserId.Parse(participants.First()), CreatedAt = Noon,
        ParticipantIds = [.. participants.Select(UserId.Parse)],
    };

    public static ParticipantsAddedEntry Added(ConversationId conversation, params IEnumerable<string> users) => new()
    {
        Id = MessageId.New(Noon), ConversationId = conversation, Sequence = 0, SenderId = UserId.Parse("ann"), CreatedAt = default,
        ParticipantIds = [.. users.Select(UserId.Parse)],
    };

    public static ParticipantRemovedEntry Removed(ConversationId conversation, string user) => new()
    {
        Id = MessageId.New(Noon), ConversationId = conversation, Sequence = 0, SenderId = UserId.Parse("ann"), CreatedAt = default,
        ParticipantId = UserId.Parse(user),
    };
}
