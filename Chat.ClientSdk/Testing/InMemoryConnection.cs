using System.Net;
using System.Threading.Channels;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Testing;

/// <summary>One connection to the double.</summary>
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

    /// <summary>It has listed its user's conversations, and is told what changes in the list.</summary>
    public bool WatchesList { get; set; }

    /// <summary>It has asked for names, and is told who has another one.</summary>
    public bool WatchesUsers { get; set; }

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

    /// <summary>Shows something to the client, after all that was shown before. Without the world's gate held, the
    /// order is anyone's guess.</summary>
    public void Push(Push push) => _pushes.Writer.TryWrite(push);

    /// <summary>Ends without a word.</summary>
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
            // what was on its way when it was cut is lost
            if (!_ended.Task.IsCompleted) receive(push);
    }
}
