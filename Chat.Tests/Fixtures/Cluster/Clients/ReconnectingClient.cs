using System.Net.WebSockets;
using Chat.ClientSdk;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>A client that connects to any instance, and again to any when that ends, until it is done.</summary>
internal abstract class ReconnectingClient(ClientContext context, string user)
{
    private const int BackoffMilliseconds = 200;

    public string User => user;

    protected ClientContext Context => context;

    /// <summary>Ends when it is done, or cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                if (await RunConnectionAsync(context.AnyInstance(), ct)) return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested && IsLost(e))
            {
                // As a client must expect: again.
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (ct.IsCancellationRequested && IsLost(e))
            {
                return;
            }
            catch (Exception e)
            {
                context.Complain($"{user}: {e}");
                return;
            }
            if (ct.IsCancellationRequested) return;
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, BackoffMilliseconds)), context.Time,
                CancellationToken.None);
        }
    }

    /// <returns>True when it is done for good.</returns>
    protected abstract Task<bool> RunConnectionAsync(Uri instance, CancellationToken ct);

    private static bool IsLost(
        Exception e) => e is LostException or TimeoutException or WebSocketException or HttpRequestException
            or IOException
        or ChatConnectException or ChatDisconnectedException or OperationCanceledException or ObjectDisposedException;
}
