namespace Chat.Server.Callers;

/// <summary>Roles as tokens and answers spell them.</summary>
internal static class CallerRoleNames
{
    private const string User = "user", Moderator = "moderator";

    private static readonly IReadOnlyList<string> OfUser = [User], OfModerator = [User, Moderator];

    public static IReadOnlyList<string> Of(CallerRoles roles) =>
        roles.HasFlag(CallerRoles.Moderator) ? OfModerator : OfUser;

    /// <summary>Null: there is no such role.</summary>
    public static CallerRoles? Find(string? name) => name switch
    {
        User => CallerRoles.User,
        Moderator => CallerRoles.Moderator,
        _ => null,
    };
}
