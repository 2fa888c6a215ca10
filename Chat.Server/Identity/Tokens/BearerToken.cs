using Chat.Contracts.Errors;

namespace Chat.Server.Identity.Tokens;

/// <summary>Finds the token of a request: in the header, or in the address where that is allowed.</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    public static ChatError Needed { get; } =
        new(ChatErrorCode.Unauthenticated, "a token is needed: Authorization: Bearer …");

    /// <summary>What stands in the header behind <c>Bearer</c>; empty: nothing.</summary>
    public static string InHeader(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : "";

    /// <returns>The token, or why there is none.</returns>
    public static (string? Token, ChatError? Refusal) Of(HttpContext http, bool mayBeInQuery)
    {
        var headers = http.Request.Headers.Authorization;
        var queries = QueryToken.Of(http);
        if (headers.Count > 1) return Refuse("Authorization must be given once");
        if (queries.Count > 0 && !mayBeInQuery)
            return Refuse($"{QueryToken.Parameter} may stand in the address of a socket only: use Authorization");
        if (queries.Count > 1) return Refuse($"{QueryToken.Parameter} must be given once");
        var inHeader = InHeader(http.Request);
        var inQuery = queries.Count > 0 ? queries[0] : "";
        if (inHeader.Length > 0 && inQuery.Length > 0 && inHeader != inQuery)
            return Refuse($"Authorization and {QueryToken.Parameter} are two different tokens");
        var token = inHeader.Length > 0 ? inHeader : inQuery;
        return token.Length > 0
            ? (token, null)
            : (null, Needed);
    }

    private static (string?, ChatError) Refuse(string words) => (null, new ChatError(ChatErrorCode.BadRequest, words));
}
