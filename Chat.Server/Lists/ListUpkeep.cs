using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Core.MessageLog;
using Chat.Server.Persistence;

namespace Chat.Server.Lists;

/// <summary>Keeps the time by which long lists are walked: of what this instance stores within a second, and of all
/// conversations at the start and every ten minutes, for instances that were killed in between.</summary>
/// <remarks>At most <see cref="Capacity"/> conversations wait; further ones are moved with all.</remarks>
internal sealed partial class ListUpkeep(ListedAt listed, TimeProvider time, ILogger<ListUpkeep> logger)
    : BackgroundService, ICommitObserver
{
    private const int Capacity = 65_536, AtOnce = 1_000;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(10), Retry = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private HashSet<ConversationId> _moved = [];

    public void Committed(IReadOnlyList<ConversationEntry> entries)
    {
        lock (_gate)
            foreach (var entry in entries)
                if (ShownRules.IsShown(entry) && _moved.Count < Capacity) _moved.Add(entry.ConversationId);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var next = time.GetUtcNow();
        while (true)
        {
            try
            {
                if (time.GetUtcNow() >= next)
                {
                    await listed.MoveAllAsync(stoppingToken);
                    next = time.GetUtcNow() + Round;
                }
                foreach (var some in Take().Chunk(AtOnce)) await listed.MoveAsync(some, stoppingToken);
            }
            catch (StoreException e)
            {
                Log.NotMoved(logger, e); // what was lost of it is moved with all
                next = time.GetUtcNow() + Retry;
            }
            await Task.Delay(Turn, time, stoppingToken);
        }
    }

    private HashSet<ConversationId> Take()
    {
        lock (_gate)
        {
            var moved = _moved;
            _moved = [];
            return moved;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9620, LogLevel.Warning,
            "The order of long lists could not be brought up to date; it is tried again in a minute")]
        public static partial void NotMoved(ILogger logger, Exception exception);
    }
}
