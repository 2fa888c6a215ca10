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
            // handles all its failures itself, and _sends bounds how many there are
            _ = FinishReadAsync(stored);
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

    private async Task FinishReadAsync(Task stored)
    {
        try
        {
            await stored;
        }
        catch (Exception e) when (Refusal.Of(e) is { } refusal)
        {
            await RefuseAsync(refusal, dedupeKey: null);
        }
        catch (Exception e) when (IsGone(e))
        {
            // NOTE: the socket is closed, so no answer is needed.
        }
        catch (Exception e)
        {
            Log.Failed(context.Logger, e);
        }
        finally
        {
            _sends.Release();
        }
    }
}
