using System.Buffers;
using Chat.Contracts.Entries;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Core.MessageLog;

namespace Chat.Server.Transports.WebSockets;

/// <content>Messages, edits and deletions.</content>
internal sealed partial class RawSocketConnection : IAppendEnd
{
    /// <summary>Waits until the message, edit or deletion has its place in the order, not until it is stored: so a
    /// client may have many under way.</summary>
    private async ValueTask SendAsync(RawCommand command, CancellationToken ct)
    {
        var conversation = JoinedOf(command);
        await _sends.WaitAsync(ct);
        try
        {
            if (command.Type != RawCommandType.Message)
                FinishSend(await EnqueueAmendmentAsync(conversation, command, ct), command.Message.DedupeKey);
            else if (dialect.HasReceipts)
                FinishSend(await context.Chat.EnqueueSendAsync(
                    Caller, conversation, command.Message.Body, OptionsOf(command), ct), command.Message.DedupeKey);
            else
                await context.Chat.PlaceSendAsync(
                    Caller, conversation, command.Message.Body, OptionsOf(command), this, ct);
        }
        catch
        {
            _sends.Release();
            throw;
        }
    }

    // Without receipts a sender reads its message as all others do: there is nothing more to answer.
    void IAppendEnd.Stored(in Appended stored)
    {
        if (!stored.Duplicate) _sends.Release();
        else
            _ = FinishSendAsync(OnPoolAsync(Task.FromResult(stored)), (stored.Entry as MessageEntry)?.DedupeKey,
                static (self, one, _) => new ValueTask(self.RepeatAsync(one)));
    }

    void IAppendEnd.Refused(ChatException refusal, string? dedupeKey) =>
        FinishSend(OnPoolAsync(Task.FromException<Appended>(refusal)), dedupeKey);

    // The lane is not to read repeats, nor to write answers.
    private static async Task<Appended> OnPoolAsync(Task<Appended> ended) =>
        await ended.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    // It handles all its failures itself, and _sends bounds how many there are.
    private void FinishSend(Task<Appended> stored, string? dedupeKey) =>
        _ = FinishSendAsync(stored, dedupeKey, static (self, one, key) => self.ReplyReceiptAsync(one, key));

    /// <param name="stored">The second stage.</param>
    /// <param name="dedupeKey">For the answer.</param>
    /// <param name="answer">Gives it.</param>
    private async Task FinishSendAsync<T>(
        Task<T> stored, string? dedupeKey, Func<RawSocketConnection, T, string?, ValueTask> answer)
    {
        try
        {
            await answer(this, await stored, dedupeKey);
        }
        catch (Exception e) when (Refusal.Of(e) is { } refusal)
        {
            await RefuseAsync(refusal, dedupeKey);
        }
        catch (Exception e) when (IsGone(e))
        {
            // NOTE: the socket is gone; what was sent is stored all the same.
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

    private ValueTask ReplyReceiptAsync(Appended stored, string? dedupeKey) =>
        writer.ReplyAsync(RawReplies.Receipt(dialect, stored, dedupeKey));

    /// <summary>A message sent again is answered with the first one, as it is stored.</summary>
    private async Task RepeatAsync(Appended appended)
    {
        using var room = await RoomForAsync(Connections.Answers.Entry, writer.Gone);
        var first = await context.Chat.EntryAsync(appended.Entry.ConversationId, appended.Entry.Sequence,
            CancellationToken.None);
        room.Hold(AnswerWeight.Of(first));
        var frame = new ArrayBufferWriter<byte>(512);
        dialect.Format.Encode(first, frame);
        await ShowAsync(frame.WrittenSpan.ToArray(), writer.Gone);
    }
}
