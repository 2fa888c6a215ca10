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

    public static void Set(HttpContext http, KeyHolder holder) => http.Features.Set(holder);
}
