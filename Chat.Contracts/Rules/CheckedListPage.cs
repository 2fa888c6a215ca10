using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>A page of a list of conversations: its size, and the place after which it begins.</summary>
public readonly record struct CheckedListPage(ListCursor? After, int Limit)
{
    /// <summary>The page when nothing else is requested.</summary>
    public static readonly CheckedListPage First = new(null, ChatLimits.DefaultListPage);
}
