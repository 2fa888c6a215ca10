using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;

namespace Chat.Server.Identity;

/// <summary>Decides who is calling, for every transport. In open mode that is what the caller says.</summary>
/// <remarks>The only place that does: authentication replaces this class, and then a name in a query or body that is
/// not the authenticated caller's is a problem. So names in bodies come through here too, with the request they came
/// in.</remarks>
internal sealed class OpenIdentity
{
    public const string UserParameter = "user_id";
    public const string UserParameterCamelCase = "userId";

    /// <summary>Who does not say who it is: open mode lets it read over REST, and has one tenant.</summary>
    public static Caller Nobody { get; } = Caller.Nobody(Tenant.Default);

    /// <summary>The caller of a hub connection or raw socket: <c>?user_id=</c> or <c>?userId=</c>.</summary>
    public bool TryIdentify(HttpContext context, out Caller caller, out string problem)
    {
        var query = context.Request.Query;
        var name = query.ContainsKey(UserParameter) || !query.ContainsKey(UserParameterCamelCase)
            ? UserParameter
            : UserParameterCamelCase;
        return TryFromQuery(context, name, out caller, out problem);
    }

    /// <summary>The caller as a query parameter names it, <c>client_id</c> for instance.</summary>
    public bool TryFromQuery(HttpContext context, string parameter, out Caller caller, out string problem)
    {
        var values = context.Request.Query[parameter];
        if (values.Count <= 1) return TryNamed(context, parameter, values.FirstOrDefault(), out caller, out problem);
        caller = Nobody;
        problem = $"{parameter} must be given once"; // a proxy may have looked at another one
        return false;
    }

    /// <summary>The caller as a field of a body names it.</summary>
    /// <param name="context">The request the name came in.</param>
    /// <param name="field">For the problem text: <c>client_id</c>, <c>sender_id</c>.</param>
    /// <param name="value">What the field holds.</param>
    /// <param name="caller">Who it is.</param>
    /// <param name="problem">When false is returned: what is wrong and what is allowed, ready to be sent.</param>
    public bool TryNamed(HttpContext context, string field, string? value, out Caller caller, out string problem)
    {
        caller = Nobody;
        if (string.IsNullOrEmpty(value))
        {
            problem = $"{field} is required";
            return false;
        }
        if (UserId.TryCreate(value, out var user, out problem))
        {
            problem = NameRules.FindProblem(user.Value) ?? "";
            if (problem.Length == 0)
            {
                caller = new Caller(new UserKey(Tenant.Default, user));
                return true;
            }
        }
        problem = $"{field} {problem}";
        return false;
    }
}
