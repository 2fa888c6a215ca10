using Chat.Contracts.Errors;

namespace Chat.ClientSdk;

/// <summary>Somebody else was faster: the message has another version than the one that was to be edited. Nothing was
/// stored.</summary>
public sealed class ChatConflictException : ChatRefusedException
{
    /// <summary>Makes the exception for a refusal.</summary>
    public ChatConflictException(ChatError error, Exception? innerException = null) : base(error, innerException) { }

    /// <summary>The version that the message has: the sequence of its newest edit; null when the server did not say
    /// it.</summary>
    public long? Version => Error.Version;
}
