using Chat.ClientSdk;

namespace Chat.Tests.Fixtures;

/// <summary>The states of a link as they came.</summary>
internal sealed class RecordedStates : IObserver<ConnectionStateChange>
{
    private readonly Inbox<ConnectionStateChange> _changes = new();

    public bool Completed { get; private set; }

    public void OnNext(ConnectionStateChange value) => _changes.Add(value);

    public void OnCompleted() => Completed = true;

    public void OnError(Exception error) => Assert.Fail("a state does not fail");

    public Task<ConnectionStateChange> NextAsync() => _changes.NextAsync();

    public bool IsEmpty => _changes.IsEmpty;

    public async Task<ConnectionStateChange> UntilAsync(ConnectionState state)
    {
        while (true)
            if (await NextAsync() is var change && change.State == state) return change;
    }
}
