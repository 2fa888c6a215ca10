using System.IO.Pipelines;

namespace Chat.ClientSdk.Connection;

/// <summary>What a connection receives. Unless it was closed properly, it ends with a
/// <see cref="ChatDisconnectedException"/> that has the close code.</summary>
internal sealed class ExplainedReader(PipeReader inner, SocketDialer dialer, CancellationTokenSource closed)
    : PipeReader
{
    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) =>
        inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ReadResult result;
        try
        {
            result = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested) // any failure of the transport
        {
            await closed.CancelAsync().ConfigureAwait(false);
            throw dialer.Failure is { CloseCode: not null } closedByServer
                ? closedByServer
                : new ChatDisconnectedException("The connection was lost.", ex);
        }
        if (!result.IsCompleted) return result;
        await closed.CancelAsync().ConfigureAwait(false);
        return result.Buffer.IsEmpty && dialer.Failure is { } failure ? throw failure : result;
    }

    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);
}
