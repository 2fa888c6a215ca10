using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Contracts.Protocol;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.Transports.SignalR;

/// <summary>Which call on a client shows a signal.</summary>
internal static class HubSignal
{
    private static readonly JsonEncodedText Typing = JsonEncodedText.Encode(nameof(IChatClient.TypingChanged));
    private static readonly JsonEncodedText Read = JsonEncodedText.Encode(nameof(IChatClient.ReadPositionChanged));
    private static readonly JsonEncodedText Presence = JsonEncodedText.Encode(nameof(IChatClient.PresenceChanged));

    private static readonly JsonEncodedText Changed = JsonEncodedText.Encode(nameof(IChatClient.ConversationChanged));
    private static readonly JsonEncodedText Generation = JsonEncodedText.Encode(nameof(IChatClient.GenerationChanged));
    private static readonly JsonEncodedText User = JsonEncodedText.Encode(nameof(IChatClient.UserChanged));
    private static readonly JsonEncodedText Report = JsonEncodedText.Encode(nameof(IChatClient.ReportsChanged));
    private static readonly JsonEncodedText Reactions = JsonEncodedText.Encode(nameof(IChatClient.OwnReactionsChanged));
    private static readonly JsonEncodedText Removed = JsonEncodedText.Encode(nameof(IChatClient.ConversationRemoved));

    /// <summary>Every kind that there is has its call.</summary>
    public static HubSignalCall ToCall(Signal signal) => signal switch
    {
        TypingSignal typing => new(Typing, new TypingChange(typing.Where, typing.User, typing.IsTyping)),
        ReadSignal read => new(Read, new ReadPosition(read.Where, read.User, read.Sequence)),
        PresenceSignal presence => new(Presence,
            new PresenceChange(presence.Conversation, presence.User, presence.Online, presence.LastSeenAt)),
        ListSignal { Summary: { } summary } => new(Changed, summary),
        GenerationSignal generation => new(Generation, generation.Place),
        ListSignal removed => new(Removed, removed.Where),
        ReportSignal report => new(Report, new ReportsChange(report.Where)),
        ReactionSignal reactions => new(Reactions,
            new OwnReactions(reactions.Where, reactions.Target, reactions.Keys)),
        UserSignal user => new(User, new UserProfile(user.User, user.Name)),
        _ => throw new ArgumentException($"{signal.Kind} has no call", nameof(signal)),
    };
}
