namespace Chat.Tests.Fixtures.Cluster.Clients;

internal static class Patience
{
    /// <summary>A token that also ends when a client has waited long enough.</summary>
    public static CancellationTokenSource PatienceOf(
        this ClientContext context, CancellationToken ct, TimeSpan more = default)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(ct);
        source.CancelAfter(ClientContext.Patience + more);
        return source;
    }
}
