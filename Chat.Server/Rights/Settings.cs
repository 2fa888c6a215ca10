using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Rights;

/// <summary>Title and settings of a conversation.</summary>
internal sealed class Settings(RightsLog log)
{
    /// <summary>Changes what is given; where nothing of it is new, nothing is stored.</summary>
    public Task ChangeAsync(
        Caller caller, ConversationId conversation, ChangeConversation? command, CancellationToken ct)
    {
        ChatException.ThrowIf(SettingsRules.Check(command, out var wanted));
        return log.AppendAsync(caller, conversation, [], (roles, actor) =>
        {
            actor.Demand(ConversationAct.ChangeSettings);
            var title = wanted.Title == (roles.Title ?? "") ? null : wanted.Title;
            var slowMode = wanted.SlowModeSeconds == roles.SlowModeSeconds ? null : wanted.SlowModeSeconds;
            return ValueTask.FromResult(title is null && slowMode is null
                ? null
                : new RightsChange(EntryContent.ConversationChanged(title, slowMode)));
        }, ct);
    }
}
