namespace Chat.ClientSdk.Sending;

/// <summary>How far a message has come.</summary>
public enum PendingMessageState
{
    /// <summary>In the outbox, in its place; no call with it is under way.</summary>
    Queued,

    /// <summary>Given to a connection; the answer has not come. When the connection is lost it is <see cref="Queued"/>
    /// again.</summary>
    Sending,

    /// <summary>Stored by the server: there is a receipt. It is no longer pending.</summary>
    Sent,

    /// <summary>Refused, given up or withdrawn; see <see cref="PendingMessage.Failure"/>.</summary>
    Failed,
}
