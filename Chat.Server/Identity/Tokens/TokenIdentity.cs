using System.Diagnostics.CodeAnalysis;
using Chat.Contracts.Errors;
using Chat.Server.Callers;

namespace Chat.Server.Identity.Tokens;

/// <summary>Token mode: the caller is who the token says. Names beside it may be left out, and must be the
/// token's.</summary>
internal sealed class TokenIdentity(
    TokenReader reader, Admission admission, SignIns signIns, IHostEnvironment environment) : IIdentity
{
    public async ValueTask<ChatError?> AuthenticateAsync(HttpContext http, bool mayBeInQuery)
    {
        var (token, refusal) = BearerToken.Of(http, mayBeInQuery);
        if (token is null) return signIns.Failed(http, refusal!);
        var reading = await reader.ReadAsync(token);
        if (await RefuseAsync(reading, http.RequestAborted) is { } refused)
            return signIns.Failed(http, refused, reading.IsForged);
        http.Features.Set(reading.Caller! with { Address = http.Connection.RemoteIpAddress });
        signIns.Succeeded();
        return null;
    }

    public async ValueTask<(Caller? Caller, ChatError? Refusal)> ReadAsync(string token, CancellationToken ct)
    {
        var reading = await reader.ReadAsync(token);
        var refusal = await RefuseAsync(reading, ct);
        return (refusal is null ? reading.Caller : null, refusal);
    }

    public Caller? FindProven(HttpContext http) => http.Features.Get<Caller>();

    public bool TryIdentify(
        HttpContext http, [NotNullWhen(true)] out Caller? caller, [NotNullWhen(false)] out ChatError? refusal) =>
        this.TryFromQuery(http, CallerName.ParameterOf(http.Request), out caller, out refusal);

    public bool TryNamed(HttpContext http, string field, string? value, [NotNullWhen(true)] out Caller? caller,
        [NotNullWhen(false)] out ChatError? refusal)
    {
        (caller, refusal) = (null, null);
        // Nothing but a request that went past the check has none: it is nobody's.
        if (FindProven(http) is not { } proven) refusal = BearerToken.Needed;
        else if (CallerName.IsAnother(value, proven))
            refusal = new ChatError(ChatErrorCode.IdentityMismatch, $"{field} is another user than the token's");
        else caller = proven;
        return caller is not null;
    }

    private async ValueTask<ChatError?> RefuseAsync(TokenReading reading, CancellationToken ct)
    {
        if (reading.Caller is not { } caller) return new ChatError(reading.Code, WordsFor(reading));
        return await admission.CheckAsync(caller, ct);
    }

    private string WordsFor(TokenReading reading) => reading.Code switch
    {
        ChatErrorCode.TokenExpired => "the token has expired",
        ChatErrorCode.TokenRevoked => "the token was revoked",
        ChatErrorCode.InternalError => "tokens of this issuer cannot be checked now",
        _ => environment.IsDevelopment()
            ? $"the token {reading.Words}"
            : "the token is not accepted; the command 'token check' of the server says why",
    };
}
