using System.Diagnostics.CodeAnalysis;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;

namespace Chat.Server.Identity;

/// <summary>The parameter of an address in which a caller names itself, in either spelling.</summary>
internal static class CallerName
{
    public const string Snake = "user_id";
    public const string Camel = "userId";

    /// <summary>The one that the request uses; where it uses both or none, the first.</summary>
    public static string ParameterOf(HttpRequest request) =>
        request.Query.ContainsKey(Snake) || !request.Query.ContainsKey(Camel) ? Snake : Camel;

    /// <summary>The caller as a query parameter names it, <c>client_id</c> for instance.</summary>
    public static bool TryFromQuery(this IIdentity identity, HttpContext http, string parameter,
        [NotNullWhen(true)] out Caller? caller, [NotNullWhen(false)] out ChatError? refusal)
    {
        var values = http.Request.Query[parameter];
        if (values.Count <= 1)
            return identity.TryNamed(http, parameter, values.FirstOrDefault(), out caller, out refusal);
        // A proxy may have looked at another one.
        (caller, refusal) = (null, new ChatError(ChatErrorCode.BadRequest, $"{parameter} must be given once"));
        return false;
    }

    /// <summary>Reads the id of a user who is named.</summary>
    /// <returns>Null, or what is wrong, as the continuation of the field's name.</returns>
    public static string? FindProblem(string? value, out UserId user)
    {
        user = default;
        if (string.IsNullOrEmpty(value)) return "is required";
        return UserId.TryCreate(value, out user, out var problem) ? NameRules.FindProblem(user.Value) : problem;
    }

    /// <summary>Whether a name that may be left out is given, and is not the caller's.</summary>
    public static bool IsAnother(string? value, Caller caller) => !string.IsNullOrEmpty(value)
        && !(UserId.TryCreate(value, out var named, out _) && named == caller.Id);

    /// <summary>True when the request names its caller in the query.</summary>
    public static bool IsIn(HttpRequest request) =>
        request.Query.ContainsKey(Snake) || request.Query.ContainsKey(Camel);
}
