using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Load.Clients;

/// <summary>A client on a <see cref="FrameSocket"/>.</summary>
internal abstract class WireClient(IDeliverySink sink) : LoadClient
{
    private FrameSocket? _socket;
    private TaskCompletionSource<long> _joined = NewJoin();

    protected IDeliverySink Sink => sink;

    protected FrameSocket Socket => _socket ?? throw new InvalidOperationException("the client is not connected");

    public override async Task<long> JoinAsync(ConversationId conversation, long? after, CancellationToken ct)
    {
        _joined = NewJoin();
        await AskToJoinAsync(conversation, after, ct);
        return await _joined.Task.WaitAsync(ct);
    }

    public override void Stall() => Socket.Stall();

    public override void Resume() => Socket.Resume();

    public override ValueTask DisposeAsync() => _socket?.DisposeAsync() ?? default;

    protected override async Task OpenAsync(LoadTarget target, UserId user, int receiveBuffer, CancellationToken ct)
    {
        _socket = await FrameSocket.ConnectAsync(target.Server, Path(Uri.EscapeDataString(user.Value)), receiveBuffer,
            ct);
        _socket.Start(OnData, OnEnd);
        await GreetAsync(ct);
    }

    protected abstract string Path(string user);

    protected virtual ValueTask GreetAsync(CancellationToken ct) => default;

    /// <summary>The answer goes to <see cref="OnJoined"/>.</summary>
    protected abstract ValueTask AskToJoinAsync(ConversationId conversation, long? after, CancellationToken ct);

    protected abstract void OnData(ReadOnlySpan<byte> payload);

    protected void OnJoined(long head) => _joined.TrySetResult(head);

    protected void OnRefused(string text)
    {
        if (!_joined.TrySetException(new IOException(text))) sink.OnProblem(text);
    }

    private void OnEnd(string how)
    {
        _joined.TrySetException(new IOException(how));
        sink.OnProblem($"connection lost: {how}");
    }

    private static TaskCompletionSource<long> NewJoin() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
