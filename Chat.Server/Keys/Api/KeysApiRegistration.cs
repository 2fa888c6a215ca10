using Chat.Server.Callers;
using Chat.Server.Tasks;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Keys.Api;

internal static class KeysApiRegistration
{
    private const string Key =
        """{"id":"0123456789abcdef","name":"backend","tenant":"acme","scopes":["app"],"created_by":"key:fedcba9876543210","created_at":"2025-01-01T12:00:00.000000Z","expires_at":"2025-04-01T12:00:00.000000Z","revoked_at":null}""";

    private const string Token =
        """{"id":"0123456789abcdef","user_id":"ann","tenant":"acme","name":"Ann","roles":["user"],"session":"phone-1","created_at":"2025-01-01T12:00:00.000000Z","expires_at":"2025-01-01T13:00:00.000000Z","revoked_at":null}""";

    public static IServiceCollection AddKeysApi(this IServiceCollection services) => services
        .AddSingleton<KeyEndpoints>().AddSingleton<TokenEndpoints>()
        .AddPeriodicTask<TokenCleanup>(TokenCleanup.Type, TokenCleanup.Interval);

    /// <summary>For back ends: keys, and tokens for their users.</summary>
    public static IEndpointRouteBuilder MapKeys(this IEndpointRouteBuilder endpoints)
    {
        var keys = endpoints.MapGroup("/api/v1/keys").WithTags("Back ends")
            .AnswerRefusals().RequireScope(KeyScopes.Admin);
        keys.MapPost("", (HttpContext http, KeyEndpoints handler) => handler.CreateAsync(http))
            .Describe("createKey", "Make a key, with at most the scopes and the tenant of the one that asks",
                """{"name":"backend","tenant":"acme","scopes":["app"],"expires_in":7776000}""",
                StatusCodes.Status201Created, With("key", "ck_0123456789abcdef_…", Key));
        keys.MapGet("", (HttpContext http, KeyEndpoints handler) => handler.ListAsync(http))
            .Describe("listKeys", "Keys of the tenant", body: null, StatusCodes.Status200OK,
                $$"""{"keys":[{{Key}}],"count":1}""");
        keys.MapDelete("/{id}", (HttpContext http, string id, KeyEndpoints handler) => handler.RevokeAsync(http, id))
            .Describe("revokeKey", "Revoke a key", body: null, StatusCodes.Status200OK, Key,
                ("id", "string", "The key's id."));
        var tokens = endpoints.MapGroup("/api/v1/tokens").WithTags("Back ends")
            .AnswerRefusals().RequireScope(KeyScopes.App);
        tokens.MapPost("", (HttpContext http, TokenEndpoints handler) => handler.CreateAsync(http))
            .Describe("createToken", "Make a token for a user",
                """{"user_id":"ann","name":"Ann","roles":["user"],"ttl":3600,"session":"phone-1"}""",
                StatusCodes.Status201Created, With("token", "ct_0123456789abcdef_…", Token));
        tokens.MapDelete("/{id}",
            (HttpContext http, string id, TokenEndpoints handler) => handler.RevokeAsync(http, id))
            .Describe("revokeToken", "Revoke a token: nothing is opened or asked with it any more", body: null,
                StatusCodes.Status200OK, Token, ("id", "string", "The token's id."));
        return endpoints;
    }

    /// <summary>What is shown this once.</summary>
    private static string With(string name, string secret, string known) =>
        $$"""{"{{name}}":"{{secret}}",{{known[1..]}}""";
}
