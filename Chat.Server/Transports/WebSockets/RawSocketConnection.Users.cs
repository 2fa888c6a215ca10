using Chat.Contracts.Rules;
using Chat.Server.Connections;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    private async ValueTask AnswerUsersAsync(RawCommand command, CancellationToken ct)
    {
        writer.WatchesUsers = true; // before the names are read: so no change is missed in between
        var asked = UserNames.Parse(command.UserIds, ChatField.UserIds);
        using var room = await RoomForAsync(Connections.Answers.Users, ct);
        var found = await context.Users.FindAsync(Caller, asked, ct);
        room.Hold(AnswerWeight.Of(found));
        await ShowAsync(RawReplies.Users(dialect, found), ct);
    }
}
