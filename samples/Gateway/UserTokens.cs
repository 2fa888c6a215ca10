using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway;

/// <summary>Makes tokens of the user who is signed in.</summary>
internal sealed class UserTokens(GatewaySettings settings, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new();
    private readonly SigningCredentials _key =
        new(new SymmetricSecurityKey(settings.Key), SecurityAlgorithms.HmacSha256);

    public string Of(ClaimsPrincipal user)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = GatewaySettings.Issuer, Audience = GatewaySettings.Audience,
            IssuedAt = now, NotBefore = now, Expires = now + settings.TokenLife, SigningCredentials = _key,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = user.FindFirstValue("sub")!, ["name"] = user.FindFirstValue("name")!,
            },
        });
    }
}
