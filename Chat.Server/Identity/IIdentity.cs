using System.Diagnostics.CodeAnalysis;
using Chat.Contracts.Errors;
using Chat.Server.Callers;

namespace Chat.Server.Identity;

/// <summary>Decides who is calling, for every transport: the only one that does. Names in queries and bodies come
/// through here too, with the request they came in.</summary>
internal interface IIdentity
{
    /// <summary>Looks at what a request brings to prove who it is from. Before anything else is done with a
    /// request.</summary>
    /// <param name="http">The request. What was found out is kept with it.</param>
    /// <param name="mayBeInQuery">Whether a token may be in the address (<see cref="QueryToken"/>).</param>
    /// <returns>Null: it may go on. Else why not, ready to be sent.</returns>
    ValueTask<ChatError?> AuthenticateAsync(HttpContext http, bool mayBeInQuery);

    /// <summary>Whose a token is that comes over a connection that is open already.</summary>
    /// <param name="token">As it came.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>The caller, or why the token is refused, ready to be sent.</returns>
    ValueTask<(Caller? Caller, ChatError? Refusal)> ReadAsync(string token, CancellationToken ct);

    /// <summary>Who has proven who it is; null in open mode, where nobody does.</summary>
    Caller? FindProven(HttpContext http);

    /// <summary>The caller of a request, which may name itself in the query (<c>user_id</c>, <c>userId</c>).</summary>
    bool TryIdentify(
        HttpContext http, [NotNullWhen(true)] out Caller? caller, [NotNullWhen(false)] out ChatError? refusal);

    /// <summary>The caller as a field of the query or the body names it.</summary>
    /// <param name="http">The request that the name came in.</param>
    /// <param name="field">For the words: <c>client_id</c>, <c>sender_id</c>.</param>
    /// <param name="value">What the field holds.</param>
    /// <param name="caller">Who it is.</param>
    /// <param name="refusal">What is wrong and what is allowed, ready to be sent.</param>
    bool TryNamed(HttpContext http, string field, string? value, [NotNullWhen(true)] out Caller? caller,
        [NotNullWhen(false)] out ChatError? refusal);
}
