using System.Net;
using System.Threading.Channels;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Testing;

/// <summary>One connection to the in-memory server.</summary>
internal sealed class InMemoryConnection : IChatConnection
{
    private readonly InMemoryWorld _world;
    private readonly Channel<Push> _pushes = Channel.CreateUnbounded<Push>(new() { SingleReader = true });
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _pump = Task.CompletedTask;

    public InMemoryConnection(InMemoryWorld world, UserId user)
    {
        (_world, User) = (world, user);
        Hub = new InMemoryHub(world, this);
    }

    public UserId User { get; }

    public IChatHub Hub { get; }

    public Task<Exception?> Ended => _ended.Task;

    /// <summary>It watches the user's contacts.</summary>
    public bool WatchesContacts { get; set; }

    /// <summary>It has listed its user's conversations and gets changes of the list.</summary>
    public bool WatchesList { get; set; }

    /// <summary>It has asked for names, and is told who has another one.</summary>
    public bool WatchesUsers { get; set; }

    /// <summary>It has asked for reports, and is told when they change.</summary>
    public bool WatchesReports { get; set; }

    public Task OpenAsync(Action<Push> receive, CancellationToken ct)
    {
        if (ct.IsCancellationRequested) return Task.FromCanceled(ct);
        lock (_world.Gate)
        {
            if (_world.RefuseConnections) return Task.FromException(Refusal());
            _world.Add(this);
        }
        _pump = Task.Run(() => PumpAsync(receive), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Pushes to the client, after all earlier pushes. The caller holds the world's gate, or the order is
    /// undefined.</summary>
    public void Push(Push push) => _pushes.Writer.TryWrite(push);

    /// <summary>Ends without a close message.</summary>
    public void Cut() => End(new ChatDisconnectedException("The in-memory server cut the connection."));

    public async ValueTask DisposeAsync()
    {
        End(null);
        await _pump.ConfigureAwait(false);
    }

    private static ChatConnectException Refusal() =>
        new("The in-memory server refuses connections.",
            new HttpRequestException("It was told to.", null, HttpStatusCode.ServiceUnavailable));

    private void End(Exception? reason)
    {
        lock (_world.Gate) _world.Remove(this);
        _pushes.Writer.TryComplete();
        _ended.TrySetResult(reason);
    }

    private async Task PumpAsync(Action<Push> receive)
    {
        await foreach (var push in _pushes.Reader.ReadAllAsync().ConfigureAwait(false))
            // pushes on their way are lost
            if (!_ended.Task.IsCompleted) receive(push);
    }
}
