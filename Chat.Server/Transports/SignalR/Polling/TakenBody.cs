using Chat.Server.Transports.Framing;

namespace Chat.Server.Transports.SignalR.Polling;

/// <summary>The body of an answer that a hub connection is written to, and how long the client takes nothing of
/// it.</summary>
/// <remarks>Handed over in steps: a client that has taken one has taken something.</remarks>
/// <param name="inner">The server's stream.</param>
/// <param name="abort">Ends the request at once.</param>
/// <param name="time">Tells how long.</param>
internal sealed class TakenBody(Stream inner, Action abort, TimeProvider time) : AsyncStream
{
    private const int Step = Http.AnswerBody.Step;

    private long _waitingSince; // a timestamp; 0: the client is not waited for

    /// <summary>How long the client has taken nothing of what is being written; zero when nothing is.</summary>
    public TimeSpan StuckFor => Volatile.Read(ref _waitingSince) is var since and not 0
        ? time.GetElapsedTime(since)
        : TimeSpan.Zero;

    /// <summary>Ends the request when its client takes nothing: SignalR would wait for it.</summary>
    public void AbortIfStuck()
    {
        if (Volatile.Read(ref _waitingSince) != 0) abort();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (; buffer.Length > Step; buffer = buffer[Step..])
            await TakenAsync(inner.WriteAsync(buffer[..Step], cancellationToken));
        await TakenAsync(inner.WriteAsync(buffer, cancellationToken));
    }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        TakenAsync(new ValueTask(inner.FlushAsync(cancellationToken))).AsTask();

    public override void Flush() => inner.Flush();

    private ValueTask TakenAsync(ValueTask write) => write.IsCompleted ? write : WaitAsync(write);

    private async ValueTask WaitAsync(ValueTask write)
    {
        Volatile.Write(ref _waitingSince, time.GetTimestamp());
        try
        {
            await write;
        }
        finally
        {
            Volatile.Write(ref _waitingSince, 0);
        }
    }
}
