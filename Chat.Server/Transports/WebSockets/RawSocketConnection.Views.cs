using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    private async ValueTask AnswerPageAsync(RawCommand command, CancellationToken ct)
    {
        using var room = await RoomForAsync(Connections.Answers.Page, ct);
        var page = await ReadPageAsync(command, ct);
        room.Hold(AnswerWeight.Of(page));
        await ShowAsync(RawReplies.Page(dialect, command, page), ct);
    }

    private Task<HistoryPage> ReadPageAsync(in RawCommand command, CancellationToken ct)
    {
        var conversation = command.RequiredConversation;
        return command.Type switch
        {
            RawCommandType.MessageAt =>
                context.Chat.MessageAsync(Caller, conversation, command.RequiredSeq, ct),
            RawCommandType.Versions =>
                context.Chat.VersionsAsync(Caller, conversation, command.RequiredSeq, command.AfterSeq, ct),
            _ => context.Chat.HistoryAsync(Caller, conversation, QueryOf(command), ct),
        };
    }

    private static HistoryQuery QueryOf(in RawCommand command)
    {
        ChatException.ThrowIf(PageRules.Limit.Check(command.Limit)); // before it is narrowed
        return new HistoryQuery
        {
            View = command.View is null ? null : ViewNames.Parse(command.View), Thread = command.Threads.Thread,
            Before = command.BeforeSeq, After = command.AfterSeq, Limit = (int?)command.Limit,
        };
    }
}
