using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>A page of a list of conversations: so many after a place in it, or from the beginning.</summary>
public readonly record struct CheckedListPage(ListCursor? After, int Limit)
{
    /// <summary>What is answered to who says nothing more.</summary>
    public static readonly CheckedListPage First = new(null, ChatLimits.DefaultListPage);
}
