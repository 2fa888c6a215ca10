using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

/// <summary>A frame from a client, as it was written: nothing is checked yet but its JSON types.</summary>
internal struct RawCommand
{
    public RawCommandType Type;
    public ConversationId? Conversation;
    public MessageFields Message;
    public ThreadFields Threads;
    public AmendmentFields Amendment;
    public ReactionFields Reactions;
    public long? AfterSeq;
    public long? BeforeSeq;
    public string? View;
    public bool? Typing;
    public long? Seq;
    public string? Cursor;
    public long? Limit;
    public List<string>? UserIds;
    public string? Token;
    public string? UserId;
    public RawRights? Rights; // most frames have nothing of it

    public readonly long RequiredSeq => Seq ?? throw new ChatException(PageRules.Sequence.Violation());

    public readonly ConversationId RequiredConversation =>
        Conversation
        ?? throw new ChatException(
            new RuleViolation(ChatField.ConversationId, $"{ChatField.ConversationId} is required"));
}
