using Chat.Contracts.Entries;
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

    /// <summary>How far an erasure is; null: there is none with this id.</summary>
    /// <exception cref="ChatRefusalException">The database cannot be reached.</exception>
    Task<UserErasure?> FindErasureAsync(Guid id, CancellationToken ct = default);

    /// <summary>Writes what a user wrote, did and takes part in, as lines of JSON in UTF-8 (<c>docs/export.md</c>). It
    /// goes through all logs once, in short steps, and is not of one moment. The last line is the trailer: without it
    /// the export is not complete.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="output">Is written to and flushed, and left open.</param>
    /// <param name="tenant">Of which tenant.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="ArgumentException">The tenant's name is not allowed.</exception>
    /// <exception cref="ChatRefusalException">The database cannot be reached.</exception>
    Task ExportUserAsync(
        UserId user, Stream output, string tenant = "default", CancellationToken ct = default);

    /// <summary>Stores the history of conversations that are new here, with its own ids, times and senders, while the
    /// chat runs.</summary>
    /// <param name="entries">Conversation by conversation, each from its first entry on, which is a
    /// <see cref="ConversationCreatedEntry"/> and says who takes part. What others than its author erased is not among
    /// them. Times do not fall; where two are the same, the later entry is stored a microsecond later. Whose reactions
    /// they are is what <see cref="ReactionsChangedEntry.Changes"/> say, of any number of users.</param>
    /// <param name="options">Tenant and kind; null: groups of the tenant <c>default</c>.</param>
    /// <param name="ct">Ends it. What was stored stays.</param>
    /// <remarks>A conversation is there for its users once all of it is. They have read it, and nobody is notified;
    /// observers are shown it. Neither policies nor limits apply. Where it ended early, give it the same entries again:
    /// what is there is passed over.</remarks>
    /// <exception cref="ArgumentException">The tenant's name is not allowed.</exception>
    /// <exception cref="ChatRefusalException">An entry is not as allowed, or its conversation is there already; the
    /// text says which and why. Or the database cannot be reached.</exception>
    Task<ImportReport> ImportAsync(
        IAsyncEnumerable<ConversationEntry> entries, ImportOptions? options = null, CancellationToken ct = default);

    /// <summary>Moves an observer, or one conversation of it. It goes on from there within some seconds, on whichever
    /// instance.</summary>
    /// <param name="observer">Its name.</param>
    /// <param name="to">Where to. <see cref="ChatStart.Now"/> leaves out all that it was not shown.</param>
    /// <param name="only">The conversation; null: all.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <exception cref="ArgumentException">There is no such observer.</exception>
    /// <exception cref="ChatRefusalException">The database cannot be reached.</exception>
    Task RewindAsync(
        string observer, ChatStart to, ConversationId? only = null, CancellationToken ct = default);
}
