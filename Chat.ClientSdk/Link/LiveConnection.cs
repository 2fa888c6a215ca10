using Chat.ClientSdk.Connection;

namespace Chat.ClientSdk.Link;

/// <summary>One connection of a link, from the attempt to open it to its end. Its pushes reach the listeners only while
/// it is the link's current connection.</summary>
internal sealed class LiveConnection(IChatConnection connection, CurrentConnection current)
{
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _drain = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IChatConnection Connection => connection;

    /// <summary>The token by which the server knows it; null: it wants none.</summary>
    public string? Token { get; set; }

    /// <summary>Completes with the reason when its token cannot be renewed and the client has to give up, else with
    /// null.</summary>
    public Task<ChatException?> Renewal { get; private set; } = Task.FromResult<ChatException?>(null);

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

    public void Keep(TokenRenewal renewal) => Renewal = renewal.KeepAsync(this, _ended.Token);

    /// <summary>Ends all waits for this session.</summary>
    public Task EndAsync() => _ended.CancelAsync();

    private void Receive(Push push)
    {
        if (push is Push.Reconnect) _drain.TrySetResult();
        current.Tell(this, push);
    }
}
