using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Identity.Tokens;

/// <summary>Bound to <c>Chat:Identity</c>: what is read from tokens. Who issues them is under
/// <c>Authentication:Schemes</c>.</summary>
internal sealed class IdentityOptions
{
    public const string Section = "Chat:Identity";

    /// <summary>The claim that is the user's id. Default <c>sub</c>.</summary>
    [Required, StringLength(64, MinimumLength = 1)]
    public string UserClaim { get; set; } = "sub";

    /// <summary>The claim that is the user's name, as others are shown it. Default <c>name</c>.</summary>
    [Required, StringLength(64, MinimumLength = 1)]
    public string NameClaim { get; set; } = "name";

    /// <summary>The claim that is the user's tenant. Default: none, and an issuer's users are of the tenant that its
    /// settings say.</summary>
    [StringLength(64)]
    public string TenantClaim { get; set; } = "";

    /// <summary>The claim with the user's roles, of which <c>user</c> and <c>moderator</c> count: a text or an array of
    /// them. Default <c>chat_roles</c>.</summary>
    [Required, StringLength(64, MinimumLength = 1)]
    public string RolesClaim { get; set; } = "chat_roles";

    /// <summary>What is said of single issuers, by the names of their schemes.</summary>
    public Dictionary<string, IssuerSettings> Issuers { get; } = [];

    /// <summary>Minutes from a token's issue to its expiry at most; one that lives longer is refused. Default 1,440, a
    /// day; 1 to 525,600.</summary>
    [Range(1, 525_600)]
    public int MaxLifetimeMinutes { get; set; } = 1_440;

    /// <summary>The same as a time.</summary>
    public TimeSpan MaxLifetime => TimeSpan.FromMinutes(MaxLifetimeMinutes);
}

[OptionsValidator]
internal sealed partial class IdentityOptionsValidator : IValidateOptions<IdentityOptions>;
