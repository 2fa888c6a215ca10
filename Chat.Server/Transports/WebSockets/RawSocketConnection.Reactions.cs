using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    /// <summary>Waits until the reactions have their place in the order, like a send.</summary>
    private async ValueTask ReactAsync(RawCommand command, CancellationToken ct)
    {
        var conversation = JoinedOf(command);
        var (target, keys) = (RequiredTargetOf(command), command.Reactions.Keys);
        await _sends.WaitAsync(ct);
        try
        {
            var stored = await context.Rights.Reacting.EnqueueAsync(Caller, conversation, target, keys, writer, ct);
            _ = FinishSendAsync(stored, command.Message.DedupeKey, (_, receipt, _) =>
                writer.ReplyAsync(RawReplies.Reacted(dialect, conversation, target, receipt)));
        }
        catch
        {
            _sends.Release();
            throw;
        }
    }

    private async ValueTask AnswerReactionsAsync(RawCommand command, CancellationToken ct)
    {
        var (conversation, target) = (command.RequiredConversation, RequiredTargetOf(command));
        var said = command.Rights ?? RawRights.None;
        using var room = await RoomForAsync(Connections.Answers.List, ct);
        var page = await context.Rights.Reacting.ListAsync(Caller, conversation, target, command.Reactions.Key,
            string.IsNullOrEmpty(said.After) ? null : UserNames.ParseOne(said.After, ChatField.After), ct);
        room.Hold(AnswerWeight.Of(page));
        await ShowAsync(RawReplies.Reactions(dialect, conversation, target, page), ct);
    }

    private static long RequiredTargetOf(in RawCommand command) =>
        command.Amendment.Target ?? throw new ChatException(AmendmentRules.Target.Violation());
}
