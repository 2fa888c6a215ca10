using Chat.ClientSdk.Connection;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Sending;

/// <content>Changes of messages that are not stored yet. A change waits for the sequence of its message: to change what
/// waits in its place would lose the change of a message that is stored already, and whose receipt was lost.</content>
/// <remarks>The store has the key of the message in place of the sequence. So the message stays in the store until its
/// followers are done with: a client that is killed in between sends it again, under its key, and the receipt has the
/// sequence.</remarks>
internal sealed partial class Outbox
{
    // No message ever has it: an edit with it is answered where it was stored before, and refused where it was not.
    private const long NoVersion = (1L << 53) - 1;

    /// <summary>Edits of messages that were deleted: nobody sees them any more, and they have no content. Whether they
    /// were stored before is for the server to say.</summary>
    private readonly HashSet<PendingMessage> _hidden = [];

    /// <summary>When messages were deleted or erased no edit of them and no reaction to them is of use, and no text of
    /// it stays here. Changes of messages of a user who was erased are refused when they are sent.</summary>
    private void Receive(Push push)
    {
        if (push is not Push.Entry { Value: { } entry }) return;
        var (from, to) = entry switch
        {
            MessageDeletedEntry deletion => (deletion.TargetSequence, deletion.TargetSequence),
            ContentErasedEntry { ThroughSequence: { } through } => (1, through),
            _ => (1, 0),
        };
        if (from > to) return;
        foreach (var message in Pending.In(entry.ConversationId))
            if (message.Change is not (null or MessageDeletion)
                && message.Change.TargetSequence is { } target && target >= from && target <= to)
                Withdraw(message, target);
    }

    /// <summary>An edit that a connection has had may be stored: then its caller is told so, and not that it was
    /// refused. It stays under way without its content, under its key.</summary>
    private void Withdraw(PendingMessage message, long target)
    {
        bool isUnderWay;
        lock (_gate)
        {
            isUnderWay = message is { Change: MessageEdit, MayBeStored: true, Shown: not null } && !IsSettled(message);
            if (isUnderWay) Empty_NeedsLock(message, target);
        }
        if (isUnderWay) Tell(message);
        else Forget(message, new ChatRefusedException(AmendmentRules.Gone()));
    }

    private void Empty_NeedsLock(PendingMessage message, long target)
    {
        message.Stored = message.Stored with
        {
            Change = new MessageEdit
            {
                TargetSequence = target,
                Command = new EditMessage { Body = "-", IfVersion = NoVersion },
            },
        };
        Pending.Hide_NeedsLock(message);
        RemoveStored_NeedsLock(message);
        _hidden.Add(message);
    }

    /// <summary>All that has no outcome yet, and what failed and is kept.</summary>
    private List<PendingMessage> All()
    {
        lock (_gate) return [.. Pending.All(), .. _hidden];
    }

    private static void Follow_NeedsLock(PendingMessage message, PendingMessage target)
    {
        switch (target.State)
        {
            case PendingMessageState.Failed:
                throw new InvalidOperationException("The message that is to be changed was not sent.");
            case PendingMessageState.Sent:
                Aim_NeedsLock(message, target.StoredAt);
                break;
            default:
                if (!target.Followers.Contains(message)) target.Followers.Add(message);
                break;
        }
        message.Target = target;
    }

    /// <summary>Loaded changes know the key of their message only.</summary>
    private static void Link_NeedsLock(IReadOnlyList<PendingMessage> loaded)
    {
        Dictionary<(ConversationId, string), PendingMessage> messages = [];
        foreach (var message in loaded)
        {
            if (message.Change is null) messages[(message.Conversation, message.Key)] = message;
            else if (message.Change is { TargetSequence: null, TargetKey: { } key }
                && messages.TryGetValue((message.Conversation, key), out var target))
                Follow_NeedsLock(message, target);
        }
    }

    private static void Aim_NeedsLock(PendingMessage message, long sequence) =>
        message.Stored = message.Stored with { Change = message.Change! with { TargetSequence = sequence } };

    /// <summary>The message has its place: what follows it can be sent.</summary>
    private static void AimFollowers_NeedsLock(PendingMessage message)
    {
        foreach (var follower in message.Followers) Aim_NeedsLock(follower, message.StoredAt);
    }

    /// <summary>The store need not have it any more, unless something follows it.</summary>
    private void RemoveStored_NeedsLock(PendingMessage message)
    {
        message.IsHeld = message.Followers.Count > 0;
        if (!message.IsHeld && message.Number > 0) _writer?.Remove(message.Number);
        if (message.Target is { } target && target.Followers.Remove(message) && target is
            { IsHeld: true, Followers.Count: 0 }) RemoveStored_NeedsLock(target);
    }
}
