using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Signals;

/// <summary>Something that readers should see soon and may miss: the newest of its <see cref="Key"/> wins. Never part
/// of a log.</summary>
internal abstract record Signal(ConversationId? Conversation, UserId User)
{
    public abstract SignalKind Kind { get; }

    /// <summary>A newer signal of the same key makes an older one that is not written yet pointless.</summary>
    public SignalKey Key => new(Kind, Conversation, User);

    /// <summary>False for connections of a user who need not be told.</summary>
    public virtual bool IsFor(UserId reader) => true;

    /// <summary>Whether it is newer than another of its key that came before it.</summary>
    public virtual bool Supersedes(Signal earlier) => true;
}

/// <summary>Somebody types, or ceased to.</summary>
internal sealed record TypingSignal(ConversationId Where, UserId User, bool IsTyping) : Signal(Where, User)
{
    public override SignalKind Kind => SignalKind.Typing;

    // Who types knows it, on every device.
    public override bool IsFor(UserId reader) => reader != User;
}

/// <summary>Somebody has read up to a sequence.</summary>
internal sealed record ReadSignal(ConversationId Where, UserId User, long Sequence) : Signal(Where, User)
{
    public override SignalKind Kind => SignalKind.Read;

    // It never goes back, also when two instances' signals overtake each other.
    public override bool Supersedes(Signal earlier) => earlier is ReadSignal read && Sequence >= read.Sequence;
}

/// <summary>Somebody came or went. Without a conversation it is for those who watch the user as a contact.</summary>
internal sealed record PresenceSignal(
    ConversationId? Conversation, UserId User, bool Online, DateTimeOffset? LastSeenAt) : Signal(Conversation, User)
{
    public override SignalKind Kind => SignalKind.Presence;
}

[Flags]
internal enum SignalKind
{
    None = 0,
    Typing = 1,
    Read = 2,
    Presence = 4,
}

internal readonly record struct SignalKey(SignalKind Kind, ConversationId? Conversation, UserId User);
