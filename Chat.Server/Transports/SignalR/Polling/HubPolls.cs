using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR.Polling;

/// <summary>The hub connections over long polling and server-sent events, by the token that their requests have in the
/// address, and how their clients take what is written to them.</summary>
internal sealed class HubPolls(TimeProvider time, ILogger<HubPolls> logger)
{
    private const string Parameter = "id";

    private readonly ConcurrentDictionary<string, HubPoll> _byToken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TakenBody> _bodies = new(StringComparer.Ordinal);

    /// <summary>Runs a request whose answer a hub connection is written to: a poll, or a stream of events.</summary>
    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Query[Parameter] is not [{ Length: > 0 } token])
        {
            await next(http);
            return;
        }
        var bare = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new TakenBody(bare.Stream, http.Abort, time);
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body, bare));
        _bodies[token] = body;
        try
        {
            await (_byToken.TryGetValue(token, out var poll) ? poll.RunAsync(http, next) : next(http));
        }
        finally
        {
            _bodies.TryRemove(KeyValuePair.Create(token, body));
            http.Features.Set(bare);
        }
    }

    /// <summary>Finds the answer that the connection is written to now; null for a connection over another
    /// transport.</summary>
    /// <remarks>There is none between two polls: SignalR ends a client that does not poll.</remarks>
    public Func<TakenBody?>? BodyOf(HubConnectionContext connection) =>
        TransportOf(connection) is HttpTransportType.LongPolling or HttpTransportType.ServerSentEvents
            && TokenOf(connection) is { } token
                ? () => _bodies.GetValueOrDefault(token)
                : null;

    /// <summary>Ignores a connection over another transport than long polling.</summary>
    public void Add(HubConnectionContext connection, HubConnection ours)
    {
        if (TransportOf(connection) == HttpTransportType.LongPolling && TokenOf(connection) is { } token)
            _byToken.TryAdd(token, new HubPoll(ours, time, logger));
    }

    public void Remove(HubConnectionContext connection)
    {
        if (TokenOf(connection) is { } token) _byToken.TryRemove(token, out _);
    }

    private static HttpTransportType? TransportOf(HubConnectionContext connection) =>
        connection.Features.Get<IHttpTransportFeature>()?.TransportType;

    private static string? TokenOf(HubConnectionContext connection) =>
        connection.GetHttpContext()?.Request.Query[Parameter].ToString();
}
