using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>Reactions to messages. Each change is told at once.</summary>
internal sealed partial class InMemoryWorld
{
    public ReactionReceipt SetReactions(UserId user, ConversationId id, long target, IReadOnlyList<string>? given)
    {
        InMemoryRules.ThrowIf(ReactionRules.Check(target, given, out var keys));
        var conversation = Writable(user, id);
        if (VersionsOf(conversation, target)[0].Erased) throw ChatRefusedException.Of(AmendmentRules.Gone());
        if (conversation.Reactions.Of(target, user).SequenceEqual(keys))
            return new ReactionReceipt(keys, LastTold(conversation, target), Now, Duplicate: true);
        if (!conversation.Reactions.TrySet(target, user, keys)) throw InMemoryRules.Refusal(ReactionRules.TooMany());
        var receipt = Amend(conversation, key: null, new ReactionsChangedEntry
        {
            Id = MessageId.New(Now), ConversationId = id, Sequence = 0, SenderId = user, CreatedAt = Now,
            TargetSequence = target, Counts = conversation.Reactions.Counts(target),
            Changes = [new ReactionChange(user, keys)],
        });
        return new ReactionReceipt(keys, receipt.Sequence, receipt.CreatedAt, Duplicate: false);
    }

    public ReactionsPage Reactions(UserId user, ConversationId id, long target, string? key, UserId? after)
    {
        InMemoryRules.ThrowIf(ReactionRules.Check(target, key));
        var conversation = Readable(user, id);
        VersionsOf(conversation, target);
        var users = conversation.Reactions.SetsOf(target)
            .Where(set => (key is null || set.Value.Contains(key))
                && (after is not { } last || set.Key.CompareTo(last) > 0))
            .Select(set => new ReactionChange(set.Key, set.Value)).ToList();
        return new ReactionsPage
        {
            Counts = conversation.Reactions.Counts(target), Users = [.. users.Take(ChatLimits.ReactionsPage)],
            Next = users.Count > ChatLimits.ReactionsPage ? users[ChatLimits.ReactionsPage - 1].UserId : null,
        };
    }

    private static long? LastTold(InMemoryConversation conversation, long target) => conversation.Log
        .OfType<ReactionsChangedEntry>().LastOrDefault(told => told.TargetSequence == target)?.Sequence;
}
