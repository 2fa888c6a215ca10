using Chat.Contracts.Commands;
using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>What a page of a list of conversations must be.</summary>
public static class ListRules
{
    /// <summary>Conversations in a page.</summary>
    public static readonly NumberRule Limit = new(ChatField.Limit, 1, ChatLimits.ListPage);

    /// <summary>Checks a query. Null when it is as allowed.</summary>
    /// <param name="query">Which page; null for the first.</param>
    /// <param name="page">The page with its defaults, when null is returned.</param>
    public static RuleViolation? Check(ConversationsQuery? query, out CheckedListPage page)
    {
        page = CheckedListPage.First;
        if (query is null) return null;
        ListCursor? after = null;
        if (query.Cursor is not null)
        {
            if (!ListCursor.TryParse(query.Cursor, out var cursor))
                return new(ChatField.Cursor, $"{ChatField.Cursor} must be one that a listing returned");
            after = cursor;
        }
        page = new(after, query.Limit ?? ChatLimits.DefaultListPage);
        return Limit.Check(query.Limit);
    }
}
