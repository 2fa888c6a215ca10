using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Outbox.Store;

namespace Chat.Server.Outbox;

/// <summary>Sends some rows, in their order. Behind one that is not stored nothing of its conversation is.</summary>
internal sealed class OutboxRound(OutboxLog log)
{
    private readonly List<(OutboxRow Row, Task Stored)> _underWay = [];
    private readonly Dictionary<ConversationId, Task> _last = [];
    private readonly HashSet<ConversationId> _held = [];

    /// <summary>The rows whose messages are in the log.</summary>
    public List<long> Sent { get; } = [];

    /// <summary>The rows that were refused for good, and why.</summary>
    public List<(OutboxRow Row, ChatError Why)> Refused { get; } = [];

    /// <summary>Why some could not be sent now; null: all could.</summary>
    public Exception? Failure { get; private set; }

    public async Task RunAsync(IEnumerable<OutboxRow> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            if (_held.Contains(row.Conversation)) continue;
            try
            {
                var stored = await log.EnqueueAsync(row, _last.GetValueOrDefault(row.Conversation), ct);
                _last[row.Conversation] = stored;
                _underWay.Add((row, stored));
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Hold(row, e);
            }
        }
        foreach (var (row, stored) in _underWay)
        {
            try
            {
                await stored.WaitAsync(ct);
                Sent.Add(row.Number);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Hold(row, e);
            }
        }
    }

    private void Hold(OutboxRow row, Exception why)
    {
        var isFirst = _held.Add(row.Conversation);
        if (why is ChatException { Code: not (ChatErrorCode.InternalError or ChatErrorCode.RateLimited) } refusal)
        {
            if (isFirst) Refused.Add((row, refusal.ToError()));
        }
        else Failure ??= why;
    }
}
