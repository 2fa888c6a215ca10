using Chat.Contracts.Entries;

namespace Chat.Server.Persistence.Entries;

/// <summary>The numbers of kinds of entries, for SQL.</summary>
internal static class KindSql
{
    public const int Message = (int)EntryKind.Message, Edited = (int)EntryKind.MessageEdited,
        Deleted = (int)EntryKind.MessageDeleted, Pinned = (int)EntryKind.Pinned, Unpinned = (int)EntryKind.Unpinned,
        ReactionsChanged = (int)EntryKind.ReactionsChanged;

    /// <summary>Those that change what a message says.</summary>
    public static readonly string Changes = $"{Edited}, {Deleted}";

    /// <summary>Those that pin a message, or take its pin away.</summary>
    public static readonly string Pins = $"{Pinned}, {Unpinned}";
}
