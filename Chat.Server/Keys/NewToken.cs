using Chat.Server.Callers;

namespace Chat.Server.Keys;

/// <summary>What a new token is to be.</summary>
/// <param name="User">Whose.</param>
/// <param name="Name">What others are shown; null: nothing is said of it.</param>
/// <param name="Roles">What the user is to the whole tenant.</param>
/// <param name="Life">How long.</param>
/// <param name="Session">What it is revoked by together with others; null: by itself.</param>
internal sealed record NewToken(UserKey User, string? Name, CallerRoles Roles, TimeSpan Life, string? Session = null);
