using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;
using Chat.Server.Core;
using Chat.Server.Memory;

namespace Chat.Server.Transports.SignalR;

/// <summary>The buffers of connections with stateful reconnect, each of which may hold what its client has not
/// acknowledged: bounded all together.</summary>
/// <remarks>While there is no room for another, new connections are given none. They resume at their cursors, as those
/// do that ask for none.</remarks>
internal sealed class ReconnectBuffers(MemoryBudget memory)
{
    private const string Parameter = "useStatefulReconnect";

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <summary>Answers a negotiation as if the client had not asked for a buffer, while there is no room for
    /// one.</summary>
    public void Offer(HttpContext http)
    {
        var query = http.Request.Query;
        if (!query.ContainsKey(Parameter) || memory.Reconnects.Held + StatefulReconnect.BufferBytes
            <= memory.Reconnects.Limit) return;
        http.Request.Query = new QueryCollection(query
            .Where(pair => !pair.Key.Equals(Parameter, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(StringComparer.OrdinalIgnoreCase));
        memory.Reconnects.CountRefusal();
    }

    /// <exception cref="ChatException">Others took the room since it was offered.</exception>
    public void Take(HubConnection connection)
    {
        if (connection.KeepsAnswers && !memory.Reconnects.TryTake(StatefulReconnect.BufferBytes))
            throw new ChatException(ChatError.WithRetry(ChatErrorCode.TooManyConnections,
                "there is no room for another connection with stateful reconnect", Retry));
    }

    public void Return(HubConnection connection)
    {
        if (connection.KeepsAnswers) memory.Reconnects.Return(StatefulReconnect.BufferBytes);
    }

    public static bool IsNegotiation(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.Path.StartsWithSegments(ChatHubRoute.Path, out var rest)
        && rest.StartsWithSegments("/negotiate", StringComparison.OrdinalIgnoreCase);
}
