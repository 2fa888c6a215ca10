using System.Diagnostics.CodeAnalysis;
using Chat.Contracts.Errors;
using Chat.Server.Callers;

namespace Chat.Server.Identity;

/// <summary>Inside an application: the caller is whom the application has signed in. Names beside that may be left out,
/// and must be the caller's.</summary>
internal sealed class HostIdentity(HostUsers users, Admission admission, SignIns signIns) : IIdentity
{
    private static readonly ChatError Nobody = new(ChatErrorCode.Unauthenticated,
        "nobody is signed in: the application that this chat is in signs people in");

    private static readonly ChatError NoTokens = new(ChatErrorCode.BadRequest,
        "the application that this chat is in signs people in: there is no token to renew");

    public async ValueTask<ChatError?> AuthenticateAsync(HttpContext http, bool mayBeInQuery)
    {
        if (http.User.Identity?.IsAuthenticated != true) return signIns.Failed(http, Nobody);
        if (!users.TryFind(http.User, out var caller, out var refusal)) return signIns.Failed(http, refusal);
        if (await admission.CheckAsync(caller, http.RequestAborted) is { } refused)
            return signIns.Failed(http, refused);
        http.Features.Set(caller with { Address = http.Connection.RemoteIpAddress });
        signIns.Succeeded();
        return null;
    }

    public ValueTask<(Caller? Caller, ChatError? Refusal)> ReadAsync(string token, CancellationToken ct) =>
        new((null, NoTokens));

    public Caller? FindProven(HttpContext http) => http.Features.Get<Caller>();

    public bool TryIdentify(
        HttpContext http, [NotNullWhen(true)] out Caller? caller, [NotNullWhen(false)] out ChatError? refusal) =>
        this.TryFromQuery(http, CallerName.ParameterOf(http.Request), out caller, out refusal);

    public bool TryNamed(HttpContext http, string field, string? value, [NotNullWhen(true)] out Caller? caller,
        [NotNullWhen(false)] out ChatError? refusal)
    {
        (caller, refusal) = (null, null);
        if (FindProven(http) is not { } proven) refusal = Nobody;
        else if (CallerName.IsAnother(value, proven))
            refusal = new ChatError(ChatErrorCode.IdentityMismatch, $"{field} is another user than who is signed in");
        else caller = proven;
        return caller is not null;
    }
}
