using Chat.Server.Callers;

namespace Chat.Server.Persistence.Deployments;

/// <summary>The row that makes a database one deployment, as it was read.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Key">What instances authenticate each other's messages with.</param>
/// <param name="Generation">Names the log as it is now.</param>
/// <param name="Requires">The level that a server must have (<see cref="Level"/>).</param>
/// <param name="Mode">How all its servers know who is calling.</param>
/// <param name="IsReplaced">True when the database is seen to be another one than that in which the generation was
/// drawn: a copy, a backup, a replica that took over.</param>
internal sealed record Deployment(
    Guid Id, byte[] Key, Guid Generation, int Requires, IdentityMode Mode, bool IsReplaced)
{
    /// <summary>The level of this version. A version that older ones must not run beside raises it, and
    /// <see cref="Requires"/> with it.</summary>
    public const int Level = LevelOfMessages;

    /// <summary>The level that knows of modes: one below it would serve everybody beside servers with tokens.</summary>
    public const int LevelOfTokens = 1;

    /// <summary>The level that knows of tenants besides the default one, of roles, bans, revocations, keys and blocks:
    /// one below it would let in whom these keep out.</summary>
    public const int LevelOfRights = 2;

    /// <summary>The level that knows of messages that change: one below it would keep the text of deleted ones in
    /// memory, and would append without links between shown entries. Required from the first such entry on.</summary>
    public const int LevelOfMessages = 3;

    /// <summary>The level that knows of suspended tenants: one below it would serve their users. Both are new in the
    /// same version.</summary>
    public const int LevelOfSuspension = LevelOfMessages;

    /// <summary>A level that no server has: required while an import is under way, or was interrupted.</summary>
    public const int LevelOfImport = 1_000_000;

    /// <summary>What keeps servers out then, for people.</summary>
    public const string ImportUnderWay = "an import into the database is under way, or was interrupted: the command "
        + "import, run again with the same file, goes on with it";
}
