using Chat.Contracts.Events;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>One connection of a sender.</summary>
internal interface ISending : IAsyncDisposable
{
    /// <summary>Sends all, in this order, and ends when all are acknowledged. Throws when one is not: then all that are
    /// not are sent again on another connection.</summary>
    Task SendAsync(IReadOnlyList<PendingSend> sends, Action<PendingSend, SendAnswer> acknowledged,
        CancellationToken ct);
}

/// <summary>A message that is to be acknowledged.</summary>
internal sealed record PendingSend(string Key, string Body, long Since);

/// <summary>What the transport said of it; null what it does not say.</summary>
internal readonly record struct SendAnswer(Guid? Id, long? Sequence, bool Duplicate)
{
    public static SendAnswer Of(SendReceipt receipt) => new(receipt.Id.Value, receipt.Sequence, receipt.Duplicate);
}

/// <summary>Opens a connection of a sender.</summary>
internal delegate Task<ISending> OpenSending(
    ClientContext context, Uri instance, string user, Guid conversation, CancellationToken ct);
