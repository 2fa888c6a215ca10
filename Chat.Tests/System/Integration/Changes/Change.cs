namespace Chat.Tests.Integration.Changes;

/// <summary>What a client asks for: once, however often it is asked.</summary>
/// <param name="Kind">What.</param>
/// <param name="Key">The dedupe key, where its kind has one.</param>
internal sealed record Change(ChangeKind Kind, string Key)
{
    /// <summary>The message that is changed.</summary>
    public long Target { get; init; }

    public string Body { get; init; } = "";

    public long? ReplyTo { get; init; }

    public long? Thread { get; init; }

    public bool AlsoInConversation { get; init; }

    /// <summary>Users whom the message names.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    public long? IfVersion { get; init; }

    /// <summary>All reactions of the user to the message from now on.</summary>
    public IReadOnlyList<string> Reactions { get; init; } = [];

    /// <summary>Whether it is stored as an entry of its own, by a key. Reactions and pins are states: what is asked
    /// again may be stored again.</summary>
    public bool IsKeyed => Kind is ChangeKind.Send or ChangeKind.Edit or ChangeKind.Delete;
}

internal enum ChangeKind
{
    Send,
    Edit,
    Delete,
    Pin,
    Unpin,
    React,
}
