using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.FanOut.Signals;

/// <summary>A conversation changed in one user's list, or left it.</summary>
/// <param name="Where">Which.</param>
/// <param name="Reader">The user of the list.</param>
/// <param name="Summary">Its new state; null: it left the list.</param>
/// <param name="IsToldByLog">True when a connection that has joined the conversation sees the change anyway.</param>
internal sealed record ListSignal(
    ConversationId Where, UserKey Reader, ConversationSummary? Summary, bool IsToldByLog) : Signal(Where, Reader.Id)
{
    /// <summary>Beside the newest entry, about so much.</summary>
    private const int SummaryBytes = 512;

    public override SignalKind Kind => SignalKind.List;

    public override int Bytes => SummaryBytes + (Summary?.LastEntry is MessageEntry last
        ? (last.Body?.Length ?? 0) + (last.AttachmentMeta?.Text.Length ?? 0)
        : 0);

    public override bool NeedsJoin => false;

    public override bool IsFor(UserKey reader) => reader == Reader;
}
