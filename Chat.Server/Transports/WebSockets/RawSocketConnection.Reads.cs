using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    /// <summary>Does not wait until the position is stored: like sends, several may be under way.</summary>
    private async ValueTask MarkReadAsync(RawCommand command, CancellationToken ct)
    {
        var conversation = JoinedOf(command);
        if (command.Seq is not >= 0) throw new ChatException(PageRules.Sequence.Violation());
        await _sends.WaitAsync(ct);
        try
        {
            var stored = await context.Chat.EnqueueMarkReadAsync(
                Caller, conversation, command.Seq.Value, command.Threads.Thread, ct);
            // It handles all its failures itself, and _sends bounds how many there are. Nothing is answered.
            _ = FinishSendAsync(stored, dedupeKey: null, static (_, _, _) => default);
        }
        catch
        {
            _sends.Release();
            throw;
        }
    }

    /// <summary>Answered when it is stored: nobody is told of it.</summary>
    private async ValueTask MarkUnreadAsync(RawCommand command, CancellationToken ct)
    {
        var conversation = command.RequiredConversation;
        await context.Chat.MarkUnreadAsync(
            Caller, conversation, command.Seq ?? 0, command.Threads.Thread, ct); // 0 is refused
        await writer.ReplyAsync(RawReplies.Done(dialect, command.Type, conversation));
    }
}
