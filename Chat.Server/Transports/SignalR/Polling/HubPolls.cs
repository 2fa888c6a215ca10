using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR.Polling;

/// <summary>The hub connections over long polling, by the token that their requests have in the address.</summary>
internal sealed class HubPolls(TimeProvider time, ILogger<HubPolls> logger)
{
    private const string Parameter = "id";

    private readonly ConcurrentDictionary<string, HubPoll> _byToken = new(StringComparer.Ordinal);

    /// <summary>Null: there is no such connection, or it is over another transport.</summary>
    public HubPoll? Find(HttpContext http) =>
        http.Request.Query[Parameter] is [{ Length: > 0 } token] ? _byToken.GetValueOrDefault(token) : null;

    /// <summary>Ignores a connection over another transport.</summary>
    public void Add(HubConnectionContext connection, HubConnection ours)
    {
        var transport = connection.Features.Get<IHttpTransportFeature>()?.TransportType;
        if (transport == HttpTransportType.LongPolling && TokenOf(connection) is { } token)
            _byToken.TryAdd(token, new HubPoll(ours, time, logger));
    }

    public void Remove(HubConnectionContext connection)
    {
        if (TokenOf(connection) is { } token) _byToken.TryRemove(token, out _);
    }

    private static string? TokenOf(HubConnectionContext connection) =>
        connection.GetHttpContext()?.Request.Query[Parameter].ToString();
}
