using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Link;

/// <summary>One connection of a link, from the attempt to make it to its end. What it is pushed reaches the listeners
/// only while it is the link's current one.</summary>
internal sealed class LiveConnection(IChatConnection connection, CurrentConnection current, IChatClient listeners)
    : IChatClient
{
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _drain = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IChatConnection Connection => connection;

    /// <summary>What the parts of the client see of it; null until it is open.</summary>
    public LinkSession? Session { get; private set; }

    /// <summary>When it was opened, as a timestamp of the clock.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>Ends when the server has asked to connect again.</summary>
    public Task DrainRequested => _drain.Task;

    // Async, so that whatever a connection does its failure is the task's.
    public async Task OpenAsync(CancellationToken ct) => await connection.OpenAsync(this, ct).ConfigureAwait(false);

    public LinkSession Begin(long number, long timestamp)
    {
        OpenedAt = timestamp;
        return Session = new LinkSession(number, connection.Hub, _ended.Token);
    }

    /// <summary>Tells everyone who waits for this session that it is over.</summary>
    public Task EndAsync() => _ended.CancelAsync();

    Task IChatClient.MessageReceived(MessageEntry message) =>
        current.PassOn(this, message, static (to, message) => to.MessageReceived(message), listeners);

    Task IChatClient.EntryReceived(ConversationEntry entry) =>
        current.PassOn(this, entry, static (to, entry) => to.EntryReceived(entry), listeners);

    Task IChatClient.ConversationClosed(ConversationId conversationId) =>
        current.PassOn(this, conversationId, static (to, id) => to.ConversationClosed(id), listeners);

    Task IChatClient.TypingChanged(TypingChange change) =>
        current.PassOn(this, change, static (to, change) => to.TypingChanged(change), listeners);

    Task IChatClient.ReadPositionChanged(ReadPosition position) =>
        current.PassOn(this, position, static (to, position) => to.ReadPositionChanged(position), listeners);

    Task IChatClient.PresenceChanged(PresenceChange change) =>
        current.PassOn(this, change, static (to, change) => to.PresenceChanged(change), listeners);

    Task IChatClient.ReconnectRequested(ReconnectRequest request)
    {
        _drain.TrySetResult();
        return current.PassOn(this, request, static (to, request) => to.ReconnectRequested(request), listeners);
    }
}

/// <summary>Which connection of a link is the one that counts. Pushes of another one are dropped, for the parts of the
/// client have joined again on the new one.</summary>
internal sealed class CurrentConnection
{
    // Held while listeners are told, so that after a change nothing of the old connection is still on its way to them.
    private readonly Lock _gate = new();
    private LiveConnection? _connection;

    public void Set(LiveConnection connection)
    {
        lock (_gate) _connection = connection;
    }

    public Task PassOn<T>(LiveConnection from, T pushed, Func<IChatClient, T, Task> tell, IChatClient to)
    {
        lock (_gate) return _connection == from ? tell(to, pushed) : Task.CompletedTask;
    }
}
