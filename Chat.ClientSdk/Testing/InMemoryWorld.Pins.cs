using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>Pinned messages.</summary>
internal sealed partial class InMemoryWorld
{
    public SendReceipt SetPinned(UserId user, ConversationId id, long target, bool isPinned)
    {
        InMemoryRules.ThrowIf(AmendmentRules.Target.Check(target));
        var conversation = Readable(user, id);
        Demand(user, conversation, ConversationAct.Pin);
        DemandOpen(conversation);
        var message = VersionsOf(conversation, target)[0];
        if (message.Erased) throw ChatRefusedException.Of(AmendmentRules.Gone());
        var pin = conversation.Pins.GetValueOrDefault(target);
        if (isPinned == pin is not null) return ReceiptOf((ConversationEntry?)pin ?? message, duplicate: true);
        if (!isPinned)
        {
            conversation.Pins.Remove(target);
            return Amend(conversation, key: null, new UnpinnedEntry
            {
                Id = MessageId.New(Now), ConversationId = id, Sequence = 0, SenderId = user, CreatedAt = Now,
                TargetSequence = target,
            });
        }
        if (conversation.Pins.Count >= ChatLimits.Pins) throw InMemoryRules.Refusal(PinRules.TooMany());
        var receipt = Amend(conversation, key: null, new PinnedEntry
        {
            Id = MessageId.New(Now), ConversationId = id, Sequence = 0, SenderId = user, CreatedAt = Now,
            TargetSequence = target,
        });
        conversation.Pins[target] = (PinnedEntry)conversation.Log[^1];
        return receipt;
    }

    public IReadOnlyList<Pin> Pins(UserId user, ConversationId id)
    {
        var conversation = Readable(user, id);
        return [.. conversation.Pins.Values.OrderByDescending(pin => pin.Sequence).Select(pin => new Pin
        {
            Sequence = pin.TargetSequence, PinSequence = pin.Sequence, PinnedBy = pin.SenderId,
            PinnedAt = pin.CreatedAt,
            Entry = EntryPreview.Of(conversation.NowOf(conversation.MessageAt(pin.TargetSequence)), out _),
        })];
    }
}
