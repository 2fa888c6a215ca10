using Chat.Server.Callers;
using Chat.Server.FanOut;

namespace Chat.Server.Room.Polling;

/// <summary>One request that waits for the feed to move on.</summary>
internal sealed class WaitingPoll(UserKey client) : FeedListener
{
    private readonly SemaphoreSlim _signal = new(0);
    private volatile bool _ended;
    private long _last = long.MaxValue;

    public override UserKey User => client;

    /// <summary>True when the wait is over: its time has passed, the client is gone or the server stops.</summary>
    public bool Ended => _ended;

    /// <summary>The limit of the cursor: the log was put back to here.</summary>
    public long Last => Interlocked.Read(ref _last);

    public override void OnGeneration(long last) => Interlocked.Exchange(ref _last, Math.Min(last, _last));

    public override void OnAdvanced()
    {
        // one that is not consumed yet is looked at after this moment anyway
        if (_signal.CurrentCount == 0) _signal.Release();
    }

    /// <summary>Completes with the next signal; one that came before counts.</summary>
    public Task SignalAsync() => _signal.WaitAsync();

    public void End()
    {
        _ended = true;
        _signal.Release();
    }
}
