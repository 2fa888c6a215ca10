using Chat.Contracts.Identifiers;

namespace Chat.Server;

/// <summary>The chat from inside the application: a singleton, safe for all threads.</summary>
/// <remarks>It reaches the database by itself: it can be used before the application listens, and where no client is
/// connected to this instance.</remarks>
public interface IChat
{
    /// <summary>The sender of what <see cref="AsSystem"/> sends: <c>system</c>.</summary>
    static readonly UserId SystemUser = UserId.Parse("system");

    /// <summary>Acts as the application, in the tenant <c>default</c>: neither rights nor policies nor limits apply,
    /// and what is sent has <see cref="SystemUser"/> as its sender.</summary>
    IChatActor AsSystem => AsSystemFor(SystemUser);

    /// <summary>Acts as this user: rights and policies apply, limits do not. A user who was deactivated is
    /// refused.</summary>
    /// <param name="user">Who.</param>
    /// <param name="tenant">Of which tenant.</param>
    /// <exception cref="ArgumentException">The tenant's name is not allowed.</exception>
    IChatActor As(UserId user, string tenant = "default");

    /// <summary>Acts as the application, and what is sent has this user as its sender, who need not take
    /// part.</summary>
    /// <param name="sender">In whose name.</param>
    /// <param name="tenant">In which tenant.</param>
    /// <exception cref="ArgumentException">The tenant's name is not allowed.</exception>
    IChatActor AsSystemFor(UserId sender, string tenant = "default");

    /// <summary>Erases what a user wrote, in all conversations, and what else the chat keeps of the user.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="tenant">Of which tenant.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>The id of the job, once it is stored. It goes on in the background, also after a restart; repeated for
    /// the same user while one is under way it is that one.</returns>
    /// <exception cref="ArgumentException">The tenant's name is not allowed.</exception>
    /// <exception cref="ChatRefusalException">The database cannot be reached.</exception>
    Task<Guid> EraseUserAsync(UserId user, string tenant = "default", CancellationToken ct = default);
}
