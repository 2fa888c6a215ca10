using Chat.ClientSdk.Connection;

namespace Chat.ClientSdk.Link;

/// <summary>One connection of a link, from the attempt to open it to its end. Its pushes reach the listeners only while
/// it is the link's current connection.</summary>
internal sealed class LiveConnection(IChatConnection connection, CurrentConnection current)
{
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _drain = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IChatConnection Connection => connection;

    /// <summary>When it was opened, as a timestamp of the clock.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>Ends when the server has asked to connect again.</summary>
    public Task DrainRequested => _drain.Task;

    // Async, so that every failure of a connection becomes the task's.
    public async Task OpenAsync(CancellationToken ct) => await connection.OpenAsync(Receive, ct).ConfigureAwait(false);

    public LinkSession Begin(long number, long timestamp)
    {
        OpenedAt = timestamp;
        return new LinkSession(number, connection.Hub, _ended.Token);
    }

    /// <summary>Ends all waits for this session.</summary>
    public Task EndAsync() => _ended.CancelAsync();

    private void Receive(Push push)
    {
        if (push is Push.Reconnect) _drain.TrySetResult();
        current.Tell(this, push);
    }
}
