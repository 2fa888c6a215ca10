using System.Runtime.ExceptionServices;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.FanOut;
using Chat.Server.Limits;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>All that comes in on one hub connection passes here, before SignalR acts on it: calls are counted by what
/// they are, and the rest, which is none, together.</summary>
/// <remarks>A filter of SignalR's would see those calls only that it can bind.</remarks>
internal sealed class HubIntake(HubConnection connection, WriterContext context)
{
    private static readonly Dictionary<string, LimitKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(IChatHub.Send)] = LimitKind.Sends,
        [nameof(IChatHub.EditMessage)] = LimitKind.Sends,
        [nameof(IChatHub.DeleteMessage)] = LimitKind.Sends,
        [nameof(IChatHub.SetReactions)] = LimitKind.Sends,
        [nameof(IChatHub.Join)] = LimitKind.Joins,
        [nameof(IChatHub.Leave)] = LimitKind.Joins,
        [nameof(IChatHub.Typing)] = LimitKind.Typing,
        [nameof(IChatHub.MarkRead)] = LimitKind.Reads,
        [nameof(IChatHub.MarkUnread)] = LimitKind.Reads,
        [nameof(IChatHub.GetPresence)] = LimitKind.Presence,
        [nameof(IChatHub.Users)] = LimitKind.Presence,
        [nameof(IChatHub.Me)] = LimitKind.Presence,
        [nameof(IChatHub.Refresh)] = LimitKind.Presence,
        [nameof(IChatHub.History)] = LimitKind.History,
        [nameof(IChatHub.Message)] = LimitKind.History,
        [nameof(IChatHub.Versions)] = LimitKind.History,
        [nameof(IChatHub.ReadPositions)] = LimitKind.History,
        [nameof(IChatHub.Participants)] = LimitKind.History,
        [nameof(IChatHub.Conversations)] = LimitKind.Lists,
        [nameof(IChatHub.Threads)] = LimitKind.Lists,
        [nameof(IChatHub.Mentions)] = LimitKind.Lists,
        [nameof(IChatHub.CreateConversation)] = LimitKind.Changes,
        [nameof(IChatHub.AddParticipants)] = LimitKind.Changes,
        [nameof(IChatHub.RemoveParticipant)] = LimitKind.Changes,
        [nameof(IChatHub.SetRole)] = LimitKind.Changes,
        [nameof(IChatHub.ChangeConversation)] = LimitKind.Changes,
        [nameof(IChatHub.SetMuted)] = LimitKind.Changes,
        [nameof(IChatHub.FollowThread)] = LimitKind.Changes,
        [nameof(IChatHub.SetPinned)] = LimitKind.Changes,
        [nameof(IChatHub.Pins)] = LimitKind.Lists,
        [nameof(IChatHub.Reactions)] = LimitKind.Lists,
        [nameof(IChatHub.Block)] = LimitKind.Changes,
        [nameof(IChatHub.Unblock)] = LimitKind.Changes,
        [nameof(IChatHub.Blocks)] = LimitKind.Lists,
        [nameof(IChatHub.Report)] = LimitKind.Changes,
        [nameof(IChatHub.CloseReport)] = LimitKind.Changes,
        [nameof(IChatHub.Reports)] = LimitKind.Lists,
    };

    private bool _isOver;

    /// <summary>Takes messages past SignalR; null: SignalR dispatches them.</summary>
    public HubSends? Sends { get; init; }

    /// <summary>What a call of this method counts as.</summary>
    public static LimitKind KindOf(string method) => Kinds.GetValueOrDefault(method, LimitKind.Unknown);

    /// <param name="message">What has come.</param>
    /// <param name="bytes">Its length, as it came.</param>
    /// <returns>What SignalR is to act on: the message, or its refusal; null: nothing, it is passed over.</returns>
    public HubMessage? Take(HubMessage message, int bytes)
    {
        if (_isOver) return null; // its end is on the way
        switch (message)
        {
            case InvocationBindingFailureMessage or StreamBindingFailureMessage or StreamInvocationMessage
                or StreamItemMessage or CancelInvocationMessage: // there are no streams
                return TakeUnknown() ? message : null;
            case InvocationMessage call when KindOf(call.Target) is var kind && kind != LimitKind.Unknown:
                return (connection.Spend(kind, bytes) ?? SpendChange(call)) is { } tooMuch
                    ? Refuse(call, tooMuch)
                    : Sends?.TryTake(call) == true ? PingMessage.Instance : call; // for a Ping SignalR does nothing
            case InvocationMessage:
                return TakeUnknown() ? message : null;
            default: // what SignalR says of itself, and answers to calls of ours
                return message;
        }
    }

    /// <summary>Counts what is no call. When there were too many, the connection is ended.</summary>
    /// <returns>False: it is.</returns>
    public bool TakeUnknown()
    {
        if (_isOver) return false;
        if (connection.Spend(LimitKind.Unknown) is not { } tooMuch) return true;
        _isOver = true;
        context.Metrics.Refused(tooMuch.Code);
        connection.EndSoon(CloseReason.RateLimited, tooMuch.ToHubText());
        return false;
    }

    /// <summary>Counts how many users a call brings into conversations.</summary>
    private ChatError? SpendChange(InvocationMessage call) => call.Arguments switch
    {
        [CreateConversation made] => connection.SpendCreate(made.ParticipantIds?.Count ?? 0),
        [_, IReadOnlyList<UserId> added] when IsAdding(call.Target) => connection.SpendAdds(added.Count),
        _ => null,
    };

    private static bool IsAdding(string method) =>
        method.Equals(nameof(IChatHub.AddParticipants), StringComparison.OrdinalIgnoreCase);

    private InvocationBindingFailureMessage Refuse(InvocationMessage call, ChatError tooMuch)
    {
        context.Metrics.Refused(tooMuch.Code);
        return new InvocationBindingFailureMessage(call.InvocationId, call.Target,
            ExceptionDispatchInfo.Capture(new HubException(tooMuch.ToHubText())));
    }
}
