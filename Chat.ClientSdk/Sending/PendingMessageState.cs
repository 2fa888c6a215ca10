namespace Chat.ClientSdk.Sending;

/// <summary>How far a message has come.</summary>
public enum PendingMessageState
{
    /// <summary>Waiting in the outbox.</summary>
    Queued,

    /// <summary>Passed to a connection, without an answer yet. When the connection is lost it is <see cref="Queued"/>
    /// again.</summary>
    Sending,

    /// <summary>Stored by the server: there is a receipt. It is no longer pending.</summary>
    Sent,

    /// <summary>Refused, given up or withdrawn; see <see cref="PendingMessage.Failure"/>.</summary>
    Failed,
}
