using Chat.Contracts.Identifiers;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    private ValueTask<Task<Appended>> EnqueueAmendmentAsync(
        ConversationId conversation, in RawCommand command, CancellationToken ct)
    {
        var target = RequiredTargetOf(command);
        return command.Type == RawCommandType.Edit
            ? context.Amendments.EnqueueEditAsync(
                Caller, conversation, target, command.Amendment.ToEdit(command.Message, command.Threads), ct)
            : context.Amendments.EnqueueDeleteAsync(
                Caller, conversation, target, command.Amendment.ToDeletion(command.Message), ct);
    }
}
