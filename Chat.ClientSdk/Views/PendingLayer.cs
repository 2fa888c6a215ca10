using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Views;

/// <summary>What a screen shows over the fold: changes of messages whose entries have not come yet.</summary>
internal static class PendingLayer
{
    /// <summary>The messages as they will be.</summary>
    /// <param name="loaded">The messages of the fold, in order.</param>
    /// <param name="changes">All changes of the conversation, in the order of the calls.</param>
    /// <param name="before">The former result: what is as before is the same object.</param>
    /// <param name="own">Who makes the changes; null: not known.</param>
    /// <param name="mine">The user's own reactions to a message that the fold has counted.</param>
    public static ViewMessage[] Over(
        ViewMessage[] loaded, IReadOnlyList<OptimisticMessage> changes, ViewMessage[] before, UserId? own,
        Func<long, IReadOnlyList<string>> mine)
    {
        if (changes.Count == 0) return loaded;
        ViewMessage[]? shown = null;
        foreach (var (at, pending) in ByMessage(loaded, changes, own))
            (shown ??= [.. loaded])[at] = Of(loaded[at], pending, before, mine(loaded[at].Sequence));
        if (shown is null) return loaded;
        return shown.AsSpan().SequenceEqual(before) ? before : shown;
    }

    /// <summary>A message that waits itself, with the changes that wait behind it; null: it is to be deleted.</summary>
    public static OptimisticMessage? Over(OptimisticMessage message, IReadOnlyList<OptimisticMessage> changes)
    {
        foreach (var change in changes)
        {
            if (change.Failure is not null || change.Change?.TargetKey != message.DedupeKey) continue;
            if (change.Change is MessageDeletion) return null;
            if (change.Change is MessageEdit edit) message = With(message, edit.Command);
        }
        return message;
    }

    /// <summary>The message as this change will leave it.</summary>
    public static MessageEntry Over(MessageEntry message, OptimisticMessage change) => change.Change switch
    {
        MessageEdit edit => MessageFold.Of(message, EntryOf(message, edit.Command)),
        MessageDeletion => (MessageEntry)Erasure.Of(message),
        _ => message,
    };

    private static Dictionary<int, List<OptimisticMessage>> ByMessage(
        ViewMessage[] loaded, IReadOnlyList<OptimisticMessage> changes, UserId? own)
    {
        Dictionary<int, List<OptimisticMessage>> found = [];
        foreach (var one in changes)
        {
            var at = one.Change!.TargetSequence is { } sequence
                ? ViewMessage.Find(loaded, sequence)
                : Array.FindLastIndex(loaded, message => message.Entry.DedupeKey == one.Change.TargetKey
                    && (own is null || message.SenderId == own)); // its entry came before its receipt
            if (at < 0) continue;
            if (!found.TryGetValue(at, out var pending)) found.Add(at, pending = []);
            pending.Add(one);
        }
        return found;
    }

    private static ViewMessage Of(
        ViewMessage stored, List<OptimisticMessage> pending, ViewMessage[] before, IReadOnlyList<string> mine) =>
        ViewMessage.Find(before, stored.Sequence) is >= 0 and var at && before[at] is var known
        && known.Stored == stored && known.PendingChanges.SequenceEqual(pending) && ReferenceEquals(known.Mine, mine)
            ? known
            : new ViewMessage(stored, pending, mine);

    private static OptimisticMessage With(OptimisticMessage message, EditMessage command) => message with
    {
        Body = command.Body,
        Options = (message.Options ?? new SendOptions()) with
        {
            AttachmentUrl = command.AttachmentUrl, AttachmentMeta = command.AttachmentMeta,
            Attachments = command.Attachments, Mentions = command.Mentions,
        },
    };

    /// <summary>As the server will store it: so the entry changes nothing that is shown.</summary>
    private static MessageEditedEntry EntryOf(MessageEntry message, EditMessage command)
    {
        AmendmentRules.Check(message.Sequence, command, out var content); // it was checked when it was accepted
        return new MessageEditedEntry
        {
            Id = message.Id, ConversationId = message.ConversationId, Sequence = message.Sequence,
            SenderId = message.SenderId, CreatedAt = message.CreatedAt, TargetSequence = message.Sequence,
            Body = content.Body, AttachmentUrl = content.Options?.AttachmentUrl,
            AttachmentMeta = content.Options?.AttachmentMeta, Mentions = content.Options?.Mentions,
            Attachments = content.Options?.Attachments,
        };
    }
}
