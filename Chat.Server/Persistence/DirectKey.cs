using System.Security.Cryptography;
using System.Text;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Persistence;

/// <summary>Names a set of a tenant's users by 64 characters, so that a unique index can hold it.</summary>
internal static class DirectKey
{
    /// <summary>The names hold no control characters, so these part them without doubt. The default tenant is left out:
    /// so the keys are those that were stored before there were tenants.</summary>
    public static string Of(Tenant tenant, IEnumerable<UserId> users)
    {
        var names = string.Join('\n', users.Select(u => u.Value).Distinct().Order(StringComparer.Ordinal));
        var all = tenant == Tenant.Default ? names : $"{tenant.Name}\u001f{names}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }
}
