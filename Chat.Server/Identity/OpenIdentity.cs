using System.Diagnostics.CodeAnalysis;
using Chat.Contracts.Errors;
using Chat.Server.Callers;

namespace Chat.Server.Identity;

/// <summary>Open mode: the caller is who it says it is.</summary>
internal sealed class OpenIdentity : IIdentity
{
    /// <summary>Who does not say who it is: open mode lets it read over REST, and has one tenant.</summary>
    public static Caller Nobody { get; } = Caller.Nobody(Tenant.Default);

    private static ChatError NoTokens { get; } =
        new(ChatErrorCode.BadRequest, "this server is open: there is no token to renew");

    public ValueTask<ChatError?> AuthenticateAsync(HttpContext http, bool mayBeInQuery) => default;

    public ValueTask<(Caller? Caller, ChatError? Refusal)> ReadAsync(string token, CancellationToken ct) =>
        new((null, NoTokens));

    public Caller? FindProven(HttpContext http) => null;

    public bool TryIdentify(
        HttpContext http, [NotNullWhen(true)] out Caller? caller, [NotNullWhen(false)] out ChatError? refusal) =>
        this.TryFromQuery(http, CallerName.ParameterOf(http.Request), out caller, out refusal);

    public bool TryNamed(HttpContext http, string field, string? value, [NotNullWhen(true)] out Caller? caller,
        [NotNullWhen(false)] out ChatError? refusal)
    {
        caller = null;
        var problem = CallerName.FindProblem(value, out var user);
        refusal = problem is null ? null : new ChatError(ChatErrorCode.BadRequest, $"{field} {problem}");
        if (refusal is not null) return false;
        caller = new Caller(new UserKey(Tenant.Default, user)) { Address = http.Connection.RemoteIpAddress };
        return true;
    }
}
