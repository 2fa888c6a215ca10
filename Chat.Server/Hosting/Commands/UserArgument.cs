using Chat.Server.Callers;
using Chat.Server.Configuration;
using Chat.Server.Identity;

namespace Chat.Server.Hosting.Commands;

/// <summary>Users and tenants that commands are given.</summary>
internal static class UserArgument
{
    /// <param name="user">The user's name.</param>
    /// <param name="tenant">What <c>--tenant</c> says; null: the default tenant.</param>
    /// <exception cref="ConfigurationException">One of them is not as it must be.</exception>
    public static UserKey Parse(string user, string? tenant) =>
        CallerName.FindProblem(user, out var id) is { } wrong
            ? throw new ConfigurationException($"the user {wrong}")
            : new UserKey(ParseTenant(tenant ?? Tenant.DefaultName), id);

    /// <exception cref="ConfigurationException">It is not as it must be.</exception>
    public static Tenant ParseTenant(string name) =>
        Tenant.TryCreate(name, out var tenant)
            ? tenant
            : throw new ConfigurationException($"--tenant must be {Tenant.Rule}");
}
