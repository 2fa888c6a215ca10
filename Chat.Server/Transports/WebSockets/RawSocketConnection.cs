using System.Net.WebSockets;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Limits;
using Chat.Server.Observability;
using Chat.Server.Transports.Framing;

namespace Chat.Server.Transports.WebSockets;

/// <summary>One raw socket's inbound side: reads a frame, has it done, answers. Thin: no rule lives here.</summary>
internal sealed partial class RawSocketConnection(
    Caller caller, IMessageSocket socket, RawSocketWriter writer, RawDialect dialect, RawSocketContext context)
    : Connection(caller, ChatTransport.WebSocket, writer)
{
    private readonly SemaphoreSlim _sends = new(context.SendsInFlight, context.SendsInFlight);
    private (CloseReason Reason, string Text)? _end; // what came ends it

    /// <summary>Serves the socket until it ends. Never throws.</summary>
    public async Task RunAsync(CancellationToken aborted)
    {
        try
        {
            await writer.ReplyAsync(RawReplies.Connected(dialect, CallerIdentities.Of(Caller, Time)));
            await using var messages = new RawMessageReader(socket, Inbound!);
            while (_end is null && await messages.ReadAsync(aborted))
            {
                await HandleAsync(messages.Message, aborted);
                messages.Release();
            }
            if (_end is var (reason, text)) await CloseUnreadAsync(reason, text);
            else if (messages.TooBig)
                await CloseUnreadAsync(CloseReason.MessageTooBig, "a message must have at most 1 MiB");
            else await CloseAsync(CloseReason.Normal, "");
        }
        catch (WebSocketException) when (writer.HasSentClose)
        {
            await TryLingerAsync(); // what came was refused, 1007 for instance, and has said so
        }
        catch (Exception e) when (IsGone(e))
        {
            // NOTE: peers vanish; that is how most sockets end.
        }
        catch (Exception e)
        {
            Log.Failed(context.Logger, e);
        }
    }

    private async Task CloseUnreadAsync(CloseReason reason, string text)
    {
        await CloseAsync(reason, text);
        await TryLingerAsync();
    }

    private async Task TryLingerAsync()
    {
        try
        {
            await writer.LingerAsync();
        }
        catch (Exception e) when (IsGone(e))
        {
            // NOTE: the peer ended it, or the bound is over.
        }
    }

    private async Task CloseAsync(CloseReason reason, string text)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        await socket.CloseOutputAsync((WebSocketCloseStatus)reason, text);
    }

    private async ValueTask HandleAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        var kind = Read(frame.Span, out var command, out var problem);
        if (Spend(kind, frame.Length) is { } tooMuch)
        {
            if (kind == LimitKind.Unknown)
            {
                _end = (CloseReason.RateLimited, "too many messages that are no commands");
                return;
            }
            problem = new ChatException(tooMuch);
        }
        if (problem is null) await DoAsync(command, ct);
        else await RefuseAsync(problem, command.Message.DedupeKey);
    }

    private async ValueTask DoAsync(RawCommand command, CancellationToken ct)
    {
        try
        {
            await AdmitAsync(ct);
            await (command.Type is RawCommandType.Message or RawCommandType.Edit or RawCommandType.Delete
                ? SendAsync(command, ct)
                : ActAsync(command, ct));
        }
        catch (Exception e) when (Refusal.Of(e) is { } refusal)
        {
            await RefuseAsync(refusal, command.Message.DedupeKey);
            if (TokenRefresh.EndsConnection(refusal))
                _end = (CloseReason.Forbidden, ChatErrorCodes.IdentityMismatch);
        }
    }

    /// <summary>All but sends, which are the most frequent commands and need nothing of this.</summary>
    private ValueTask ActAsync(RawCommand command, CancellationToken ct) => command.Type switch
    {
        RawCommandType.Join => JoinAsync(command, ct),
        RawCommandType.Leave => LeaveAsync(command, ct),
        RawCommandType.Typing => context.Chat.TypingAsync(Caller, JoinedOf(command), command.Typing ?? true, ct),
        RawCommandType.Read => MarkReadAsync(command, ct),
        RawCommandType.Presence => AnswerPresenceAsync(command.Conversation, ct),
        RawCommandType.Conversations => AnswerListAsync(command, ct),
        RawCommandType.Users => AnswerUsersAsync(command, ct),
        RawCommandType.Refresh => RefreshAsync(command, ct),
        RawCommandType.Block or RawCommandType.Unblock => BlockAsync(command, ct),
        RawCommandType.Blocks => AnswerBlocksAsync(ct),
        RawCommandType.Threads => AnswerThreadsAsync(command, ct),
        RawCommandType.Follow or RawCommandType.Unfollow => FollowAsync(command, ct),
        RawCommandType.Pin or RawCommandType.Unpin => PinAsync(command, ct),
        RawCommandType.Pins => AnswerPinsAsync(command, ct),
        RawCommandType.React => ReactAsync(command, ct),
        RawCommandType.Reactions => AnswerReactionsAsync(command, ct),
        RawCommandType.Mentions => AnswerMentionsAsync(command, ct),
        RawCommandType.Unread => MarkUnreadAsync(command, ct),
        RawCommandType.History or RawCommandType.MessageAt or RawCommandType.Versions => AnswerPageAsync(command, ct),
        RawCommandType.Report or RawCommandType.Reports or RawCommandType.CloseReport =>
            HandleReportAsync(command, ct),
        _ => HandleRightsAsync(command, ct),
    };

    private async ValueTask JoinAsync(RawCommand command, CancellationToken ct)
    {
        var join = await context.Chat.JoinAsync(writer, command.RequiredConversation, command.AfterSeq, ct);
        await ShowAsync(RawReplies.Joined(dialect, join.Result), ct);
        join.Activate();
        if (dialect.HasPresence) await AnswerPresenceAsync(join.Result.ConversationId, ct);
    }

    private async ValueTask LeaveAsync(RawCommand command, CancellationToken ct)
    {
        var left = command.RequiredConversation;
        await context.Chat.LeaveAsync(writer, left, ct);
        await writer.ReplyAsync(RawReplies.Left(dialect, left));
    }

    /// <summary>Answers with what was read for it, if the socket may still be here.</summary>
    private async ValueTask ShowAsync(byte[] frames, CancellationToken ct)
    {
        await AdmitAsync(ct);
        await writer.ReplyAsync(frames);
    }

    private async ValueTask RefuseAsync(ChatException refusal, string? dedupeKey)
    {
        context.Writers.Metrics.Refused(refusal.Code);
        try
        {
            await writer.ReplyAsync(RawReplies.Error(dialect, refusal.ToError(dialect.Names.Spell), dedupeKey));
        }
        catch (Exception e) when (IsGone(e))
        {
            // NOTE: the socket is closed, so the error cannot be sent.
        }
    }

    private static bool IsGone(Exception e) =>
        e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException
            or InvalidOperationException;

    private ConversationId JoinedOf(in RawCommand command)
    {
        var conversation = command.RequiredConversation;
        if (writer.Find(conversation) is null)
            throw new ChatException(new RuleViolation(
                ChatField.ConversationId,
                $"{ChatField.ConversationId} must name a conversation that this socket has joined"));
        return conversation;
    }

    private static partial class Log
    {
        [LoggerMessage(5000, LogLevel.Error, "A raw socket ended because of a fault of the server")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
