using Chat.Contracts.Identifiers;

namespace Chat.Server;

/// <summary>A user of the chat, whom the application has signed in.</summary>
/// <param name="Id">The user's id, which must never change and never be given to another.</param>
public sealed record ChatUser(UserId Id)
{
    /// <summary>The name that others are shown. Default: none, and the id is shown.</summary>
    public string? Name { get; init; }

    /// <summary>Which of several separate bodies of users the user is of: 1 to 64 characters of a-z, 0-9 and -. Users
    /// of different ones see nothing of each other. Default <c>default</c>.</summary>
    public string Tenant { get; init; } = "default";

    /// <summary>Whether the user is a moderator of the whole tenant. Default: no.</summary>
    public bool IsModerator { get; init; }

    /// <summary>When the user signed in. With it, <i>revoke</i> of the admin API ends sessions that are older. Default:
    /// unknown, and they are the application's alone to end.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>When the sign-in ends, and with it the connections that it opened. Default: never.</summary>
    public DateTimeOffset? SignedInUntil { get; init; }
}
