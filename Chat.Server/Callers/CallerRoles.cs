namespace Chat.Server.Callers;

/// <summary>What a user is to the whole tenant, as the token says it. Everybody is a user. <c>operator</c> is none of
/// them: that is a scope of keys.</summary>
/// <remarks>The numbers are stored.</remarks>
[Flags]
internal enum CallerRoles : short
{
    User = 1,
    Moderator = 2,
}
