using System.Text.Json.Serialization;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Json;

/// <summary>Source-generated JSON for everything that is sent over the hub: camelCase, nulls written out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(UtcTimestamp)])]
[JsonSerializable(typeof(ConversationEntry))]
[JsonSerializable(typeof(List<ConversationEntry>))]
[JsonSerializable(typeof(MessageEntry))]
[JsonSerializable(typeof(ConversationCreatedEntry))]
[JsonSerializable(typeof(ParticipantsAddedEntry))]
[JsonSerializable(typeof(ParticipantRemovedEntry))]
[JsonSerializable(typeof(RoleChangedEntry))]
[JsonSerializable(typeof(ConversationChangedEntry))]
[JsonSerializable(typeof(MessageEditedEntry))]
[JsonSerializable(typeof(MessageDeletedEntry))]
[JsonSerializable(typeof(ReactionEntry))]
[JsonSerializable(typeof(UnknownEntry))]
[JsonSerializable(typeof(SendOptions))]
[JsonSerializable(typeof(CreateConversation))]
[JsonSerializable(typeof(HistoryQuery))]
[JsonSerializable(typeof(SetRole))]
[JsonSerializable(typeof(ChangeConversation))]
[JsonSerializable(typeof(ParticipantsQuery))]
[JsonSerializable(typeof(ParticipantsPage))]
[JsonSerializable(typeof(ConversationsQuery))]
[JsonSerializable(typeof(SendReceipt))]
[JsonSerializable(typeof(JoinResult))]
[JsonSerializable(typeof(ConversationSummary))]
[JsonSerializable(typeof(IReadOnlyList<ConversationSummary>))]
[JsonSerializable(typeof(HistoryPage))]
[JsonSerializable(typeof(ThreadsQuery))]
[JsonSerializable(typeof(MentionsQuery))]
[JsonSerializable(typeof(ThreadSummary))]
[JsonSerializable(typeof(IReadOnlyList<ThreadSummary>))]
[JsonSerializable(typeof(Mention))]
[JsonSerializable(typeof(IReadOnlyList<Mention>))]
[JsonSerializable(typeof(TypingChange))]
[JsonSerializable(typeof(ReadPosition))]
[JsonSerializable(typeof(IReadOnlyList<ReadPosition>))]
[JsonSerializable(typeof(PresenceChange))]
[JsonSerializable(typeof(PresenceSnapshot))]
[JsonSerializable(typeof(UserProfile))]
[JsonSerializable(typeof(CallerIdentity))]
[JsonSerializable(typeof(IReadOnlyList<UserProfile>))]
[JsonSerializable(typeof(ReconnectRequest))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(ConversationId))]
[JsonSerializable(typeof(ConversationId?))]
[JsonSerializable(typeof(UserId))]
[JsonSerializable(typeof(IReadOnlyList<UserId>))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(string))]
public sealed partial class ChatJsonContext : JsonSerializerContext;
