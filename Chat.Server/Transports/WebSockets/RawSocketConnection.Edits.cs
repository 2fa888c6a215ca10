using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    /// <summary>Waits until the change has its place in the order, like a send. It is answered with a
    /// receipt.</summary>
    private async ValueTask AmendAsync(RawCommand command, CancellationToken ct)
    {
        var conversation = JoinedOf(command);
        var target = command.Amendment.Target ?? throw new ChatException(AmendmentRules.Target.Violation());
        await _sends.WaitAsync(ct);
        try
        {
            var stored = command.Type == RawCommandType.Edit
                ? await context.Amendments.EnqueueEditAsync(
                    Caller, conversation, target, command.Amendment.ToEdit(command.Message, command.Threads), ct)
                : await context.Amendments.EnqueueDeleteAsync(
                    Caller, conversation, target, command.Amendment.ToDeletion(command.Message), ct);
            // handles all its failures itself, and _sends bounds how many there are
            _ = FinishAmendmentAsync(stored, command.Message.DedupeKey);
        }
        catch
        {
            _sends.Release();
            throw;
        }
    }

    private async Task FinishAmendmentAsync(Task<Appended> stored, string? dedupeKey)
    {
        try
        {
            await writer.ReplyAsync(RawReplies.Receipt(dialect, await stored, dedupeKey));
        }
        catch (Exception e) when (Refusal.Of(e) is { } refusal)
        {
            await RefuseAsync(refusal, dedupeKey);
        }
        catch (Exception e) when (IsGone(e))
        {
            // NOTE: the socket is gone; the change is stored all the same.
        }
        finally
        {
            _sends.Release();
        }
    }
}
