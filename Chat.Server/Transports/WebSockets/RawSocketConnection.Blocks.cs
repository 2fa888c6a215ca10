using Chat.Contracts.Rules;
using Chat.Server.Connections;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    private async ValueTask BlockAsync(RawCommand command, CancellationToken ct)
    {
        var user = UserNames.ParseOne(command.UserId, ChatField.UserId);
        var blocks = command.Type == RawCommandType.Block;
        if (blocks) await context.Blocking.BlockAsync(Caller, user, ct);
        else await context.Blocking.UnblockAsync(Caller, user, ct);
        await writer.ReplyAsync(RawReplies.Blocked(dialect, user, blocks));
    }

    private async ValueTask AnswerBlocksAsync(CancellationToken ct)
    {
        using var room = await RoomForAsync(Connections.Answers.Users, ct);
        var found = await context.Blocking.ListAsync(Caller, ct);
        room.Hold(AnswerWeight.Of(found));
        await writer.ReplyAsync(RawReplies.Blocks(dialect, found));
    }
}
