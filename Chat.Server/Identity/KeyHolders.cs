using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Identity;

/// <summary>Who has come with a key, kept with the request.</summary>
internal static class KeyHolders
{
    /// <summary>Null: nobody.</summary>
    public static KeyHolder? Find(HttpContext http) => http.Features.Get<KeyHolder>();

    /// <summary>Behind a demand for a scope there is one.</summary>
    public static KeyHolder Of(HttpContext http) =>
        Find(http) ?? throw new InvalidOperationException("this endpoint demands no scope");

    /// <summary>The back end that calls as the application.</summary>
    /// <param name="http">Its request.</param>
    /// <param name="user">The user whom the request names; nobody unless given.</param>
    public static Caller ApplicationOf(HttpContext http, UserId user = default)
    {
        var holder = Of(http);
        return new Caller(new UserKey(holder.Tenant, user))
        {
            Key = holder.Actor, IsApplication = true, Address = http.Connection.RemoteIpAddress,
        };
    }

    public static void Set(HttpContext http, KeyHolder holder) => http.Features.Set(holder);
}
