using Chat.Contracts.Entries;

namespace Chat.Server;

/// <summary>What <see cref="IChat.ImportAsync"/> makes of the entries that it is given.</summary>
public sealed class ImportOptions
{
    /// <summary>The tenant of all their conversations; <c>default</c> unless set.</summary>
    public string Tenant { get; set; } = "default";

    /// <summary>The kind of all their conversations: <see cref="ConversationKind.Group"/> unless set, or
    /// <see cref="ConversationKind.Direct"/>.</summary>
    public ConversationKind Kind { get; set; } = ConversationKind.Group;
}
