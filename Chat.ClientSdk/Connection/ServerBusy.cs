using System.Net;

namespace Chat.ClientSdk.Connection;

/// <summary>There are too many requests or connections; the server said when to come again.</summary>
internal sealed class ServerBusy(TimeSpan retryAfter)
    : HttpRequestException("The server has as many connections or requests as it takes.", null,
        HttpStatusCode.TooManyRequests)
{
    public TimeSpan RetryAfter => retryAfter;

    /// <summary>Null when the answer is none.</summary>
    public static ServerBusy? Of(HttpResponseMessage answer) =>
        answer is { StatusCode: HttpStatusCode.TooManyRequests, Headers.RetryAfter.Delta: { } wait }
            ? new ServerBusy(wait)
            : null;
}
