using Chat.Contracts.Identifiers;
using Chat.Server.Connections;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    /// <summary>Changes come after the answer: here it is known when it is out.</summary>
    /// <param name="conversation">Null: the user's contacts.</param>
    /// <param name="ct">Ends with the socket.</param>
    private async ValueTask AnswerPresenceAsync(ConversationId? conversation, CancellationToken ct)
    {
        using var room = await RoomForAsync(Connections.Answers.Users, ct);
        var answer = await context.Presence.AskAsync(writer, conversation, ct);
        room.Hold(AnswerWeight.Of(answer.Snapshot));
        await ShowAsync(RawReplies.Presence(dialect, answer.Snapshot), ct);
        answer.Activate();
    }
}
