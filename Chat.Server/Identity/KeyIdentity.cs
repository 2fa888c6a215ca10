using System.Diagnostics.CodeAnalysis;
using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.Keys;

namespace Chat.Server.Identity;

/// <summary>Back ends with a key, in either mode. They call for the user whom a header names, or as the application:
/// then names in queries and bodies say whom it is about. Everybody else is the mode's.</summary>
internal sealed class KeyIdentity(IIdentity others, KeyDoor door, Admission admission) : IIdentity
{
    public ValueTask<ChatError?> AuthenticateAsync(HttpContext http, bool mayBeInQuery)
    {
        if (QueryToken.Of(http).Any(Credential.IsKey))
            return new(new ChatError(ChatErrorCode.BadRequest, "a key must not stand in an address: it is in logs now; "
                + "revoke it, and use the header Authorization"));
        if (KeyDoor.GivenIn(http.Request) is not { } key) return others.AuthenticateAsync(http, mayBeInQuery);
        return mayBeInQuery || http.Request.Path.StartsWithSegments(ChatHubRoute.Path)
            ? new(new ChatError(ChatErrorCode.BadRequest, "a connection is opened with a user's token, not with a key: "
                + "POST /api/v1/tokens makes one"))
            : OpenAsync(http, key);
    }

    public ValueTask<(Caller? Caller, ChatError? Refusal)> ReadAsync(string token, CancellationToken ct) =>
        others.ReadAsync(token, ct);

    public Caller? FindProven(HttpContext http) =>
        KeyHolders.Find(http) is null ? others.FindProven(http) : http.Features.Get<Caller>();

    public bool TryIdentify(
        HttpContext http, [NotNullWhen(true)] out Caller? caller, [NotNullWhen(false)] out ChatError? refusal) =>
        KeyHolders.Find(http) is null
            ? others.TryIdentify(http, out caller, out refusal)
            : this.TryFromQuery(http, CallerName.ParameterOf(http.Request), out caller, out refusal);

    public bool TryNamed(HttpContext http, string field, string? value, [NotNullWhen(true)] out Caller? caller,
        [NotNullWhen(false)] out ChatError? refusal)
    {
        if (KeyHolders.Find(http) is null) return others.TryNamed(http, field, value, out caller, out refusal);
        (caller, refusal) = (FindProven(http), null);
        if (caller is { IsNobody: false })
        {
            if (!CallerName.IsAnother(value, caller)) return true;
            (caller, refusal) = (null, new ChatError(ChatErrorCode.IdentityMismatch,
                $"{field} is another user than {KeyHeaders.User}"));
            return false;
        }
        caller = null;
        if (CallerName.FindProblem(value, out var user) is { } problem)
            refusal = new ChatError(ChatErrorCode.BadRequest, $"{field} {problem}");
        else caller = KeyHolders.ApplicationOf(http, user);
        return caller is not null;
    }

    private async ValueTask<ChatError?> OpenAsync(HttpContext http, string key)
    {
        if (await door.OpenAsync(http, key) is { } refusal) return refusal;
        var named = http.Request.Headers[KeyHeaders.User];
        if (named.Count == 0) return await LetInAsync(http, KeyHolders.ApplicationOf(http));
        if (named.Count > 1) return new ChatError(ChatErrorCode.BadRequest, $"{KeyHeaders.User} must be given once");
        if (CallerName.FindProblem(Uri.UnescapeDataString(named[0] ?? ""), out var user) is { } problem)
            return new ChatError(ChatErrorCode.BadRequest, $"{KeyHeaders.User} {problem}");
        var holder = KeyHolders.Of(http);
        return await LetInAsync(http, new Caller(new UserKey(holder.Tenant, user))
        {
            Key = holder.Actor, Address = http.Connection.RemoteIpAddress,
        });
    }

    private async ValueTask<ChatError?> LetInAsync(HttpContext http, Caller caller)
    {
        if (await admission.CheckAsync(caller, http.RequestAborted) is { } refused) return refused;
        http.Features.Set(caller);
        return null;
    }
}
