using Chat.Server.Callers;

namespace Chat.Server.Persistence.Rows;

/// <summary>What makes this database one deployment. There is one row; the migration makes it.</summary>
internal sealed class DeploymentRow
{
    /// <summary>The only key.</summary>
    public const short Only = 1;

    public short Row { get; init; } = Only;

    /// <summary>Never changes.</summary>
    public required Guid Id { get; init; }

    /// <summary>32 random bytes, with which instances prove to each other that they share this database.</summary>
    public required byte[] Key { get; init; }

    /// <summary>Names the log as it is now: drawn again when the log was put back to an earlier state.</summary>
    public required Guid Generation { get; init; }

    /// <summary>Where the database was when the generation was drawn; null: nobody has noted it yet.</summary>
    public string? Origin { get; init; }

    /// <summary>The level that a server must have to work here.</summary>
    public int Requires { get; init; }

    /// <summary>How all servers of the deployment know who is calling.</summary>
    public IdentityMode Mode { get; init; }
}
