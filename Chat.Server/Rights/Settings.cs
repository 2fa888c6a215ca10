using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Rights;

/// <summary>Title and settings of a conversation.</summary>
internal sealed class Settings(RightsLog log, NewKinds kinds)
{
    /// <summary>Changes what is given; where nothing of it is new, nothing is stored.</summary>
    public Task ChangeAsync(
        Caller caller, ConversationId conversation, ChangeConversation? command, CancellationToken ct)
    {
        ChatException.ThrowIf(SettingsRules.Check(command, out var wanted));
        return log.AppendAsync(caller, conversation, [], async (roles, actor) =>
        {
            actor.Demand(ConversationAct.ChangeSettings);
            var change = SettingsRules.NewIn(wanted, roles.Settings);
            if (change is null) return null;
            // A server of the version before would let people write to an archived conversation.
            var level = change.IsArchived == true ? await kinds.DemandAsync(ct) : null;
            return new RightsChange(EntryContent.ConversationChanged(change)) { NeedsLevel = level };
        }, ct);
    }
}
