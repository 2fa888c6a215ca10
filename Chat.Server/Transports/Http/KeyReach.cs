using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Identity;

namespace Chat.Server.Transports.Http;

/// <summary>Refuses keys that are of another tenant than what they ask for.</summary>
internal static class KeyReach
{
    /// <exception cref="ChatException">What belongs to the tenant is not within the holder's reach.</exception>
    public static void DemandTenant(KeyHolder holder, Tenant tenant)
    {
        if (!holder.Reaches(tenant))
            throw new ChatException(new ChatError(ChatErrorCode.Forbidden, "the key is of another tenant"));
    }

    /// <exception cref="ChatException">The request's key is of one tenant.</exception>
    public static void DemandAllTenants(HttpContext http)
    {
        if (KeyHolders.Of(http).Own is not null)
            throw new ChatException(new ChatError(ChatErrorCode.Forbidden, "this needs a key for all tenants (*)"));
    }
}
