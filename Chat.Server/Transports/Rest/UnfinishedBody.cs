using Chat.Server.Connections;

namespace Chat.Server.Transports.Rest;

/// <summary>A request's body that is on its way in.</summary>
internal sealed class UnfinishedBody(UnfinishedMessages all, HttpContext http) : UnfinishedMessage(all), IDisposable
{
    private readonly CancellationTokenSource _late =
        CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);

    /// <summary>Cancelled when the body is waited for no longer.</summary>
    public CancellationToken Late => _late.Token;

    public void Dispose()
    {
        Complete();
        _late.Dispose();
    }

    internal override void Cut() => http.Abort();

    internal override Task EndAsync(string reason, CancellationToken now)
    {
        try
        {
            return _late.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            return Task.CompletedTask; // all of it has come in this moment
        }
    }
}
