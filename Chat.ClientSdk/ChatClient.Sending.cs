using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk;

public sealed partial class ChatClient
{
    private Outbox _outbox = null!; // made in the constructor

    /// <summary>Messages that are queued, under way or failed, so that a screen can show them at once.</summary>
    public PendingMessages Pending => _outbox.Pending;

    /// <summary>Sends a message and waits for its receipt. The message is stored once, however often the connection is
    /// lost.</summary>
    /// <remarks>
    /// <para>Messages of a conversation keep the order of the calls, awaited or not; conversations do not wait for each
    /// other. The dedupe key is generated in the call, unless the options have one. While the server cannot store the
    /// message, it is retried with growing delays, and later messages wait behind it. A refusal affects only its own
    /// message.</para>
    /// <para>When the outbox is full, the call first waits for room (<see cref="OutboxOptions.Capacity"/>).</para>
    /// <para>Cancelling before the message was handed to a connection withdraws it. Cancelling later ends only the
    /// wait: the message is still sent. When the call ends with a <see cref="ChatConnectException"/> or
    /// <see cref="ObjectDisposedException"/>, a persistent outbox keeps the message, and the next client with that
    /// store sends it.</para>
    /// </remarks>
    /// <param name="conversationId">Where to.</param>
    /// <param name="body">The text; the server trims it. May be null or empty when there is an attachment. At most 64
    /// KiB in UTF-8.</param>
    /// <param name="options">The rest; null for none.</param>
    /// <param name="ct">Ends the waiting; see the remarks.</param>
    /// <exception cref="ChatRefusedException">The message violates <see cref="Chat.Contracts.Rules.MessageRules"/>,
    /// which is checked in the call, or the server refused it for good; it is not stored.</exception>
    /// <exception cref="ChatTimeoutException">It was not sent within <see cref="OutboxOptions.GiveUpAfter"/>; it may be
    /// stored.</exception>
    /// <exception cref="ChatOutboxFullException">There is no room, and the options say not to wait.</exception>
    /// <exception cref="ChatConnectException">The connection was given up.</exception>
    /// <exception cref="IOException">The outbox's store cannot be used; the message is not accepted.</exception>
    /// <exception cref="OperationCanceledException">By the token.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public Task<SendReceipt> SendAsync(
        ConversationId conversationId, string? body, SendOptions? options = null, CancellationToken ct = default) =>
        _outbox.SendAsync(conversationId, body, options, ct);

    /// <summary>Accepts a message without waiting; the result shows its progress. Otherwise as
    /// <see cref="SendAsync"/>.</summary>
    /// <remarks>One that fails stays in <see cref="Pending"/>, and in the room it takes up, until it is tried again or
    /// discarded. So does one that an outbox whose store cannot be used did not take: it fails with an
    /// <see cref="IOException"/>. With a persistent outbox it outlives the process from
    /// <see cref="PendingMessage.Accepted"/> on; one that was refused or given up does not. A message that is not as
    /// <see cref="Chat.Contracts.Rules.MessageRules"/> allow is taken as one that the server refused: it has failed
    /// with a <see cref="ChatRefusedException"/> when this returns.</remarks>
    /// <exception cref="ChatOutboxFullException">There is no room.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public PendingMessage Enqueue(ConversationId conversationId, string? body, SendOptions? options = null) =>
        _outbox.Enqueue(conversationId, body, options);

    /// <summary>Ends when every message accepted before this call is sent or has failed. <see cref="DisposeAsync"/>
    /// does not wait for that.</summary>
    /// <exception cref="OperationCanceledException">By the token.</exception>
    public Task FlushAsync(CancellationToken ct = default) => _outbox.FlushAsync(ct);

    partial void AddSending()
    {
        _outbox = new Outbox(_link, _options.Outbox, _options.TimeProvider,
            _options.Logs.CreateLogger<Outbox>(), _telemetry) { Owner = _options.Owner!.Name };
        PendingMessages = _outbox.Pending;
        _parts.Add(_outbox);
    }
}
