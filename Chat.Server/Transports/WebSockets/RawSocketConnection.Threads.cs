using Chat.Contracts.Commands;
using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    private async ValueTask AnswerThreadsAsync(RawCommand command, CancellationToken ct)
    {
        var conversation = command.RequiredConversation;
        ChatException.ThrowIf(ThreadRules.Limit.Check(command.Limit)); // before it is narrowed
        var query = new ThreadsQuery { Before = command.BeforeSeq, Limit = (int?)command.Limit };
        using var room = await RoomForAsync(Connections.Answers.List, ct);
        var found = await context.Chat.Threads.ListAsync(Caller, conversation, query, ct);
        room.Hold(AnswerWeight.Of(found));
        await ShowAsync(RawReplies.Threads(dialect, conversation, found), ct);
    }

    private async ValueTask FollowAsync(RawCommand command, CancellationToken ct)
    {
        var conversation = command.RequiredConversation;
        var (thread, isFollowing) = (command.Threads.Thread ?? 0, command.Type == RawCommandType.Follow);
        await context.Chat.Threads.FollowAsync(Caller, conversation, thread, isFollowing, ct);
        await writer.ReplyAsync(RawReplies.Followed(dialect, conversation, thread, isFollowing));
    }

    /// <summary>Answered with a receipt, like a send.</summary>
    private async ValueTask PinAsync(RawCommand command, CancellationToken ct)
    {
        var conversation = command.RequiredConversation;
        var target = RequiredTargetOf(command);
        var stored = await context.Pinning.SetAsync(
            Caller, conversation, target, isPinned: command.Type == RawCommandType.Pin, ct);
        await writer.ReplyAsync(RawReplies.Receipt(dialect, stored));
    }

    private async ValueTask AnswerPinsAsync(RawCommand command, CancellationToken ct)
    {
        var conversation = command.RequiredConversation;
        using var room = await RoomForAsync(Connections.Answers.List, ct);
        var found = await context.Pinning.ListAsync(Caller, conversation, ct);
        room.Hold(AnswerWeight.Of(found));
        await ShowAsync(RawReplies.Pins(dialect, conversation, found), ct);
    }

    private async ValueTask AnswerMentionsAsync(RawCommand command, CancellationToken ct)
    {
        ChatException.ThrowIf(ThreadRules.MentionsLimit.Check(command.Limit)); // before it is narrowed
        var query = new MentionsQuery { After = command.Cursor, Limit = (int?)command.Limit };
        using var room = await RoomForAsync(Connections.Answers.List, ct);
        var found = await context.Chat.Threads.MentionsAsync(Caller, query, ct);
        room.Hold(AnswerWeight.Of(found));
        await ShowAsync(RawReplies.Mentions(dialect, found), ct);
    }
}
