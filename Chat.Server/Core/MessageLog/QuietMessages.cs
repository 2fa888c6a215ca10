using System.Collections.Concurrent;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;

namespace Chat.Server.Core.MessageLog;

/// <summary>Messages whose next reactions an entry tells later anyway, as far as this instance knows.</summary>
/// <remarks>Only hints: where reactions are stored it is decided.</remarks>
internal sealed class QuietMessages(TimeProvider time)
{
    private const int Capacity = 4_096;

    /// <summary>Longer than a tell that is due waits for its turn; then reactions go with all else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(ConversationId, long), DateTimeOffset> _until = new();

    /// <summary>Whether it is one of them now.</summary>
    public bool Contains(ConversationId conversation, long message) =>
        _until.TryGetValue((conversation, message), out var until) && time.GetUtcNow() < until;

    /// <summary>Learns from what was committed.</summary>
    public void Note(List<CommittedDraft> committed)
    {
        foreach (var one in committed)
        {
            if (one.Draft.Reaction is not { } move) continue;
            var key = (one.Draft.ConversationId, one.Draft.Content.TargetSequence ?? 0);
            if (one.Outcome.Status == CommitStatus.Again) _until.TryRemove(key, out _);
            else if (one.Outcome.Reactions is { Untold: { } mark }) _until[key] = mark.DueAt + Patience;
            else if (one.Outcome.Reactions is { Told: not null })
                _until[key] = one.Outcome.CreatedAt + move.Interval;
        }
        if (_until.Count > Capacity) Forget();
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (key, until) in _until)
            if (until <= now) _until.TryRemove(key, out _);
        if (_until.Count > Capacity) _until.Clear();
    }
}
