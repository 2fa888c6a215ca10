using System.Collections.Concurrent;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Core.MessageLog;
using Chat.Server.Persistence;

namespace Chat.Server.Notifications;

/// <summary>Notes in which conversations something was stored here, lets it gather, and has it told.</summary>
/// <remarks>Memory only: what an instance that is killed had noted, and what is too much to note,
/// <see cref="NoticeSweep"/> finds in the log.</remarks>
internal sealed partial class NoticeBoard(
    NoticeGatherer gatherer, NotificationsOptions options, TimeProvider time, ILogger<NoticeBoard> logger)
    : BackgroundService, ICommitObserver
{
    /// <summary>Conversations in one transaction, and how many of these are under way: the connections are for others
    /// too.</summary>
    private const int Together = 256, AtOnce = 2;

    private const int MostNoted = 65_536;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250), Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ConversationId, Noted> _noted = new();
    private int _count;

    public void Committed(IReadOnlyList<ConversationEntry> entries)
    {
        foreach (var entry in entries)
            if (entry is MessageEntry && !_noted.ContainsKey(entry.ConversationId))
                Note(new Noted(entry.ConversationId, entry.Sequence - 1, entry.CreatedAt + options.Gather));
    }

    /// <summary>Has the conversation looked at when it is due, unless it is noted already.</summary>
    public void Note(Noted one)
    {
        if (Volatile.Read(ref _count) < MostNoted && _noted.TryAdd(one.Conversation, one))
            Interlocked.Increment(ref _count);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = Beat;
        while (true)
        {
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) break;
            wait = await TellAsync(time.GetUtcNow(), atOnce: false) ? Beat : Pause;
        }
        await TellAsync(DateTimeOffset.MaxValue, atOnce: true); // else the next sweep would have to find it
    }

    /// <returns>False when the database was away.</returns>
    private async Task<bool> TellAsync(DateTimeOffset until, bool atOnce)
    {
        var isWell = true;
        await Parallel.ForEachAsync(
            _noted.Select(pair => pair.Value).Where(one => one.Due <= until).Chunk(Together), // no lock
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (some, _) =>
            {
                if (Volatile.Read(ref isWell) && !await TellAsync(some, atOnce)) Volatile.Write(ref isWell, false);
            });
        return isWell;
    }

    private async Task<bool> TellAsync(Noted[] some, bool atOnce)
    {
        // First: what is stored from now on is noted anew.
        foreach (var one in some)
            if (_noted.TryRemove(one.Conversation, out _)) Interlocked.Decrement(ref _count);
        try
        {
            foreach (var one in await gatherer.GatherAsync(some, atOnce, CancellationToken.None)) Note(one);
            return true;
        }
        catch (StoreException e) when (e.Failure != StoreFailure.Rejected)
        {
            Log.NotTold(logger, some.Length, e);
            foreach (var one in some) PutBack(one);
            return false;
        }
        catch (Exception e)
        {
            if (some.Length == 1) Log.GivenUp(logger, some[0].Conversation, e);
            else foreach (var one in some) await TellAsync([one], atOnce); // one that fails must not fail the others
            return true;
        }
    }

    private void PutBack(Noted one)
    {
        // Noted again meanwhile: it begins where the first began.
        while (_noted.TryGetValue(one.Conversation, out var known) && known.After > one.After)
            if (_noted.TryUpdate(one.Conversation, known with { After = one.After }, known)) return;
        Note(one);
    }

    private static partial class Log
    {
        [LoggerMessage(9100, LogLevel.Warning,
            "Notifications of {Count} conversations could not be stored; they are tried again in some seconds")]
        public static partial void NotTold(ILogger logger, int count, Exception exception);

        [LoggerMessage(9101, LogLevel.Error,
            "Notifications of conversation {Conversation} cannot be made; the next sweep tries it again")]
        public static partial void GivenUp(ILogger logger, ConversationId conversation, Exception exception);
    }
}
