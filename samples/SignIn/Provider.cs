using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SignIn;

/// <summary>OpenIddict as a provider: the code flow with PKCE, refresh tokens, access tokens that the chat server can
/// read.</summary>
internal static class Provider
{
    /// <summary>The chat server's <c>ValidAudience</c>.</summary>
    public const string Audience = "chat";

    public static void AddProvider(this IServiceCollection services, SignInSettings settings)
    {
        // In memory: who starts it again signs in again. It lasts as long as this connection.
        var memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        services.AddDbContext<DbContext>(options => options.UseSqlite(memory).UseOpenIddict());
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DbContext>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("connect/authorize")
                    .SetTokenEndpointUris("connect/token")
                    .SetEndSessionEndpointUris("connect/logout");
                server.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().RequireProofKeyForCodeExchange();
                server.RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.OfflineAccess);
                server.SetAccessTokenLifetime(settings.TokenLife);
                // The chat server checks the signature, and reads what is signed.
                server.DisableAccessTokenEncryption();
                // Keys that outlive the program belong into your own store.
                server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
                server.UseAspNetCore()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough()
                    .DisableTransportSecurityRequirement(); // on this machine only
            });
    }

    /// <summary>Makes the web app known.</summary>
    public static async Task PrepareProviderAsync(this IServiceProvider services, SignInSettings settings)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DbContext>().Database.EnsureCreatedAsync();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(
            new OpenIddictApplicationDescriptor
            {
                ClientId = settings.ClientId,
                ClientType = ClientTypes.Public,
                DisplayName = "Chat",
                RedirectUris = { settings.Chat },
                PostLogoutRedirectUris = { settings.Chat },
                Permissions =
                {
                    Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession,
                    Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken,
                    Permissions.ResponseTypes.Code, Permissions.Scopes.Profile,
                },
                Requirements = { Requirements.Features.ProofKeyForCodeExchange },
            });
    }
}
