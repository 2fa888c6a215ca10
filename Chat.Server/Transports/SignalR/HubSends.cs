using System.Buffers;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Transports.Framing;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>The messages of one hub connection, past SignalR: to dispatch a call it makes a scope and a hub, and to
/// answer it a second pipe is passed, which together cost more than all else of a message. What is asked, answered and
/// refused is the same, and so is the order of the calls.</summary>
/// <remarks>For connections whose frames can be written past SignalR: over a WebSocket, without stateful
/// reconnect.</remarks>
internal sealed class HubSends(HubConnection connection, IHubProtocol protocol, HubSendContext context)
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_frame;

    private int _inFlight;

    /// <summary>Takes a call that sends a message.</summary>
    /// <returns>False: it is another one, or SignalR is to dispatch it.</returns>
    public bool TryTake(InvocationMessage call)
    {
        if (!call.Target.Equals(nameof(IChatHub.Send), StringComparison.OrdinalIgnoreCase)
            || call is not { StreamIds: null or [], Arguments: [ConversationId conversation, var body, var options] }
            || body is not (null or string) || options is not (null or SendOptions)
            || context.IsTraced) return false;
        if (Interlocked.Increment(ref _inFlight) > context.MostInFlight)
        {
            Interlocked.Decrement(ref _inFlight);
            return false; // SignalR reads on when there is room
        }
        connection.Writer.CallBegins();
        // it handles its failures itself, and there are not too many
        _ = PlaceAsync(new HubSend(this, call), conversation, (string?)body, (SendOptions?)options);
        return true;
    }

    /// <summary>From a lane: on the thread pool.</summary>
    public void AnswerSoon(HubSend send) => context.Answers.Enqueue(send);

    public async Task AnswerAsync(HubSend send)
    {
        try
        {
            // Made also where nobody waits for it: a refusal is counted, and a fault of the server logged.
            var error = send.Failure is { } failure ? context.Refusals.TextOf(failure, send.Call.Target) : null;
            if (send.Call.InvocationId is { } id)
                await connection.Writer.AnswerAsync(
                    FrameOf(send, id, error), isAlone: Volatile.Read(ref _inFlight) == 1);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // NOTE: the connection is gone; what was sent is stored all the same.
        }
        finally
        {
            connection.Writer.CallEnds();
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task PlaceAsync(HubSend send, ConversationId conversation, string? body, SendOptions? options)
    {
        try
        {
            connection.ThrowIfEnded();
            await connection.PlaceInOrderAsync((context.Chat, connection, conversation, body, options, send),
                static s => s.Chat.PlaceSendAsync(
                    s.connection.Caller, s.conversation, s.body, s.options, s.send, CancellationToken.None));
        }
        catch (Exception e)
        {
            send.Fail(e);
        }
    }

    private byte[] FrameOf(HubSend send, string id, string? error)
    {
        var answer = error is null
            ? CompletionMessage.WithResult(id, send.Stored.ToReceipt())
            : CompletionMessage.WithError(id, error);
        var frame = t_frame ??= new ArrayBufferWriter<byte>(512);
        frame.ResetWrittenCount();
        if (protocol.TransferFormat == TransferFormat.Text) DataFrame.WriteText(frame, (protocol, answer), Write);
        else DataFrame.WriteBinary(frame, (protocol, answer), Write);
        return frame.WrittenSpan.ToArray();

        static void Write(IBufferWriter<byte> payload, (IHubProtocol Protocol, CompletionMessage Answer) s) =>
            s.Protocol.WriteMessage(s.Answer, payload);
    }
}
