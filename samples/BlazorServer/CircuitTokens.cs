using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;

namespace BlazorServer;

/// <summary>By what a circuit shows the chat whose it is: a circuit has no cookie, but it knows who opened it.
/// Instances that share the keys of ASP.NET's data protection take each other's.</summary>
internal sealed class CircuitTokens(
    AuthenticationStateProvider circuit, IOptionsMonitor<BearerTokenOptions> options, TimeProvider time)
{
    private const string Scheme = BearerTokenDefaults.AuthenticationScheme;

    /// <summary>It opens a connection, which may then last as long as the circuit.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <returns>Null: nobody has signed in.</returns>
    public async ValueTask<string?> CreateAsync()
    {
        var user = (await circuit.GetAuthenticationStateAsync()).User;
        if (user.Identity?.IsAuthenticated != true) return null;
        var properties = new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + Lifetime };
        return options.Get(Scheme).BearerTokenProtector.Protect(new AuthenticationTicket(user, properties, Scheme));
    }
}
