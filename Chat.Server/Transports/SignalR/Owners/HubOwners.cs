using System.Collections.Concurrent;
using System.Text.Json;
using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.Transports.Http;

namespace Chat.Server.Transports.SignalR.Owners;

/// <summary>Whose the hub connections are that requests name by their <c>id</c>: only requests of the caller who
/// negotiated it reach one.</summary>
/// <remarks>SignalR itself logs a warning when the user of a connection changes, and serves on with the new
/// one.</remarks>
internal sealed class HubOwners(TimeProvider time)
{
    private const string Parameter = "id", NegotiatePath = ChatHubRoute.Path + "/negotiate";

    /// <summary>SignalR forgets a connection that was negotiated and not opened long before that.</summary>
    private static readonly TimeSpan Unopened = TimeSpan.FromMinutes(2), BetweenSweeps = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, HubOwner> _byToken = new(StringComparer.Ordinal);
    private long _sweptAt = time.GetTimestamp();

    /// <summary>How many connections are known.</summary>
    public int Count => _byToken.Count;

    /// <summary>Runs a request of this caller, if it names no connection of another.</summary>
    public Task GoOnAsync(HttpContext http, Caller caller, RequestDelegate next)
    {
        if (http.Request.Path == NegotiatePath) return NegotiateAsync(http, caller, next);
        return FindOf(http) is { } owner && owner.Caller.User != caller.User
            ? RefusalAnswer.WriteAsync(http, new ChatError(
                ChatErrorCode.IdentityMismatch, "this connection was opened by another user than the token's"))
            : next(http);
    }

    /// <summary>The owner of the connection that the request names; null: it names none that is known here.</summary>
    public HubOwner? FindOf(HttpContext http) =>
        TokenOf(http) is { Length: > 0 } token ? _byToken.GetValueOrDefault(token) : null;

    /// <summary>The connection has ended.</summary>
    public void Forget(HttpContext http)
    {
        if (TokenOf(http) is { Length: > 0 } token) _byToken.TryRemove(token, out _);
    }

    /// <summary>Whether the connection of this request was negotiated before.</summary>
    public static bool IsNegotiated(HttpContext http) => TokenOf(http) is { Length: > 0 };

    private static string? TokenOf(HttpContext http) => http.Request.Query[Parameter].FirstOrDefault();

    /// <summary>The connection's secret name is in the answer, and nowhere else.</summary>
    private async Task NegotiateAsync(HttpContext http, Caller caller, RequestDelegate next)
    {
        Sweep();
        var answer = http.Response.Body;
        using var held = new MemoryStream();
        http.Response.Body = held;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = answer;
        }
        var bytes = held.GetBuffer().AsMemory(0, (int)held.Length);
        if (http.Response.StatusCode == StatusCodes.Status200OK && TokenIn(bytes) is { } token)
            _byToken[token] = new HubOwner(caller, time.GetTimestamp());
        await answer.WriteAsync(bytes, http.RequestAborted);
    }

    private static string? TokenIn(ReadOnlyMemory<byte> answer)
    {
        using var json = JsonDocument.Parse(answer);
        // Version 0 of negotiation has one name for both.
        return json.RootElement.TryGetProperty("connectionToken", out var token)
            || json.RootElement.TryGetProperty("connectionId", out token) ? token.GetString() : null;
    }

    /// <summary>Forgets what was negotiated and never opened.</summary>
    private void Sweep()
    {
        var last = Interlocked.Read(ref _sweptAt);
        if (time.GetElapsedTime(last) < BetweenSweeps
            || Interlocked.CompareExchange(ref _sweptAt, time.GetTimestamp(), last) != last) return;
        foreach (var pair in _byToken)
            if (!pair.Value.IsOpen && time.GetElapsedTime(pair.Value.At) > Unopened) _byToken.TryRemove(pair);
    }
}
