using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.FanOut.Signals;

/// <summary>A conversation as one user lists it changed, or left the list.</summary>
/// <param name="Where">Which.</param>
/// <param name="Reader">Whose list.</param>
/// <param name="Summary">How it stands now; null: it left the list.</param>
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

    public override bool IsFor(UserKey reader) => reader == Reader;
}
