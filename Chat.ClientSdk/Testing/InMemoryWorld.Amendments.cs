using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>Edits and deletions of messages.</summary>
internal sealed partial class InMemoryWorld
{
    public SendReceipt Edit(UserId user, ConversationId id, long target, EditMessage? command)
    {
        InMemoryRules.ThrowIf(AmendmentRules.Check(target, command, out var content));
        if (FindRepeat<MessageEditedEntry>(user, id, content.Options.DedupeKey,
            edit => edit.TargetSequence == target) is { } first) return ReceiptOf(first, duplicate: true);
        var conversation = Writable(user, id);
        var versions = VersionsOf(conversation, target);
        if (versions[0].SenderId != user) throw ChatRefusedException.Of(AmendmentRules.NotTheAuthor());
        RequireNew(conversation, user, content.Options.DedupeKey);
        var current = versions[^1];
        if (current is MessageDeletedEntry || current.Erased) throw ChatRefusedException.Of(AmendmentRules.Gone());
        if (SaysTheSame(current, content)) return ReceiptOf(current, duplicate: true);
        if (command!.IfVersion is { } version && version != current.Sequence)
            throw ChatRefusedException.Of(AmendmentRules.Conflict(current.Sequence));
        DemandEveryone(user, conversation, content.Options.Mentions);
        NoteMentions(conversation, target, content.Options.Mentions);
        return Amend(conversation, content.Options.DedupeKey, new MessageEditedEntry
        {
            Id = MessageId.New(Now), ConversationId = id, Sequence = 0, SenderId = user, CreatedAt = Now,
            TargetSequence = target, Body = content.Body, AttachmentUrl = content.Options.AttachmentUrl,
            AttachmentMeta = content.Options.AttachmentMeta, Mentions = content.Options.Mentions,
            Attachments = content.Options.Attachments,
        });
    }

    public SendReceipt Delete(UserId user, ConversationId id, long target, DeleteMessage? command)
    {
        InMemoryRules.ThrowIf(AmendmentRules.Check(target, command, out var content));
        if (FindRepeat<MessageDeletedEntry>(user, id, content.DedupeKey,
            deletion => deletion.TargetSequence == target) is { } first) return ReceiptOf(first, duplicate: true);
        var conversation = Readable(user, id);
        var versions = VersionsOf(conversation, target);
        if (versions[0].SenderId == user) WritableIfOpen(user, id);
        else Demand(user, conversation, ConversationAct.DeleteOthers);
        RequireNew(conversation, user, content.DedupeKey);
        if (versions[^1] is MessageDeletedEntry deleted) return ReceiptOf(deleted, duplicate: true);
        if (versions[0].Erased) throw ChatRefusedException.Of(AmendmentRules.Gone());
        conversation.Erase(target);
        NoteMentions(conversation, target, mentions: null);
        conversation.Pins.Remove(target);
        conversation.Reactions.Drop(target);
        return Amend(conversation, content.DedupeKey, new MessageDeletedEntry
        {
            Id = MessageId.New(Now), ConversationId = id, Sequence = 0, SenderId = user, CreatedAt = Now,
            TargetSequence = target, Reason = content.Reason,
        });
    }

    public HistoryPage Message(UserId user, ConversationId id, long sequence)
    {
        var conversation = Readable(user, id);
        var versions = VersionsOf(conversation, sequence);
        return new HistoryPage(
            versions.Count == 1 ? versions : [versions[0], versions[^1]], conversation.Head, Generation);
    }

    public HistoryPage Versions(UserId user, ConversationId id, long sequence, long? after)
    {
        var conversation = Readable(user, id);
        var versions = VersionsOf(conversation, sequence).Where(entry => entry.Sequence > (after ?? 0));
        return new HistoryPage([.. versions.Take(ChatLimits.VersionsPage)], conversation.Head, Generation);
    }

    private SendReceipt Amend<T>(InMemoryConversation conversation, string? key, T draft) where T : ConversationEntry
    {
        var entry = conversation.Append(Now, draft);
        if (key is not null) conversation.Sent[(entry.SenderId, key)] = entry;
        TellLists(conversation);
        return ReceiptOf(entry, duplicate: false);
    }

    /// <summary>What was stored by the same act before: it is answered with its receipt, whatever has happened
    /// since.</summary>
    private T? FindRepeat<T>(UserId user, ConversationId id, string? key, Func<T, bool>? isSame = null)
        where T : ConversationEntry =>
        key is not null && Find(id) is { } conversation && conversation.Sent.TryGetValue((user, key), out var known)
            && known is T same && isSame?.Invoke(same) != false ? same : null;

    /// <exception cref="ChatRefusedException">The key was used for something else.</exception>
    private static void RequireNew(InMemoryConversation conversation, UserId user, string? key)
    {
        if (key is not null && conversation.Sent.ContainsKey((user, key)))
            throw InMemoryRules.Refusal(AmendmentRules.KeyTaken());
    }

    private static List<ConversationEntry> VersionsOf(InMemoryConversation conversation, long message) =>
        conversation.VersionsOf(message).ToList() is [MessageEntry, ..] versions
            ? versions
            : throw InMemoryRules.Refusal(AmendmentRules.NoMessage());

    private static bool SaysTheSame(ConversationEntry current, in CheckedMessage content)
    {
        var (body, url, meta, mentions, files) = current switch
        {
            MessageEditedEntry e => (e.Body, e.AttachmentUrl, e.AttachmentMeta, e.Mentions, e.Attachments),
            MessageEntry m => (m.Body, m.AttachmentUrl, m.AttachmentMeta, m.Mentions, m.Attachments),
            _ => default,
        };
        var options = content.Options;
        return body == content.Body && url == options.AttachmentUrl && meta == options.AttachmentMeta
            && mentions == options.Mentions && (files ?? []).SequenceEqual(options.Attachments ?? []);
    }

    private static SendReceipt ReceiptOf(ConversationEntry entry, bool duplicate) =>
        new(entry.Id, entry.Sequence, entry.CreatedAt, duplicate);
}
