using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Claims;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Identity.Tokens;
using Microsoft.Extensions.Options;

namespace Chat.Server.Identity;

/// <summary>Finds the user of the chat whom the application has signed in.</summary>
/// <param name="options">The names of the claims.</param>
/// <param name="map">What the application says instead; null: the claims say it.</param>
internal sealed class HostUsers(IOptions<IdentityOptions> options, Func<ClaimsPrincipal, ChatUser?>? map = null)
{
    private static readonly ChatError NoUser = new(ChatErrorCode.Forbidden, "the signed-in principal is no user here");

    public bool TryFind(ClaimsPrincipal principal, [NotNullWhen(true)] out Caller? caller,
        [NotNullWhen(false)] out ChatError? refusal)
    {
        (caller, refusal) = (null, null);
        ChatUser? user;
        if (map is not null) user = map(principal);
        else if (IdIn(principal) is not { Length: > 0 } text) user = null;
        else if (ProvenId.FindProblem(text, out var id) is not { } problem) user = FromClaims(id, principal);
        else
        {
            refusal = new ChatError(ChatErrorCode.Forbidden, $"the signed-in principal has an id that {problem}");
            return false;
        }
        if (user is null || user.Id == default) refusal = NoUser;
        else if (!Tenant.TryCreate(user.Tenant, out var tenant))
            refusal = new ChatError(ChatErrorCode.Forbidden, $"a tenant has {Tenant.Rule}");
        else if (NameRules.FindProblem(user.Id.Value) is { } invisible)
            refusal = new ChatError(ChatErrorCode.Forbidden, $"the signed-in principal has an id that {invisible}");
        else
            caller = new Caller(new UserKey(tenant, user.Id))
            {
                Name = UserRules.CheckName(user.Name, out var name) is null ? name : null,
                Roles = user.IsModerator ? CallerRoles.User | CallerRoles.Moderator : CallerRoles.User,
                IssuedAt = user.SignedInAt,
                ExpiresAt = user.SignedInUntil,
            };
        return caller is not null;
    }

    /// <summary>The framework's handlers rename <c>sub</c>, unless told not to.</summary>
    private string? IdIn(ClaimsPrincipal principal) =>
        principal.FindFirstValue(options.Value.UserClaim) ?? principal.FindFirstValue(ClaimTypes.NameIdentifier);

    private ChatUser FromClaims(UserId id, ClaimsPrincipal principal) => new(id)
    {
        Name = principal.FindFirstValue(options.Value.NameClaim) ?? principal.Identity?.Name,
        Tenant = options.Value.TenantClaim is { Length: > 0 } claim
            ? principal.FindFirstValue(claim) ?? ""
            : Callers.Tenant.DefaultName,
        IsModerator = principal.FindAll(options.Value.RolesClaim)
            .Any(role => CallerRoleNames.Find(role.Value) == CallerRoles.Moderator),
        SignedInAt = TimeIn(principal, "iat"),
        SignedInUntil = TimeIn(principal, "exp"),
    };

    private static DateTimeOffset? TimeIn(ClaimsPrincipal principal, string claim) =>
        long.TryParse(principal.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
