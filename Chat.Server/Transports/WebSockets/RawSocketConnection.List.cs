using Chat.Contracts.Commands;
using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    private async ValueTask AnswerListAsync(RawCommand command, CancellationToken ct)
    {
        ChatException.ThrowIf(ListRules.Limit.Check(command.Limit)); // before it is narrowed
        var query = new ConversationsQuery { Cursor = command.Cursor, Limit = (int?)command.Limit };
        using var room = await RoomForAsync(Connections.Answers.List, ct);
        var listed = await context.Chat.ConversationsAsync(Caller, query, ct);
        room.Hold(AnswerWeight.Of(listed));
        await ShowAsync(RawReplies.Conversations(dialect, listed), ct);
    }
}
