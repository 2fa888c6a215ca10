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
        // handles all its failures itself, and _sends bounds how many there are
        _ = FinishReadAsync(conversation, command.Seq.Value, ct);
    }

    private async Task FinishReadAsync(ConversationId conversation, long sequence, CancellationToken ct)
    {
        try
        {
            await context.Chat.MarkReadAsync(User, conversation, sequence, ct);
        }
        catch (Exception e) when (Refusal.Of(e) is { } refusal)
        {
            await RefuseAsync(refusal, dedupeKey: null);
        }
        catch (Exception e) when (IsGone(e))
        {
            // NOTE: the socket is gone; nobody waits for an answer.
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
