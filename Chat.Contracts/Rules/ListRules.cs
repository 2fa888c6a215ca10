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
        var wrong = CheckCursor(query.Cursor, out var after);
        page = new(after, query.Limit ?? ChatLimits.DefaultListPage);
        return wrong ?? Limit.Check(query.Limit);
    }

    /// <summary>Reads a cursor. Null when a listing returned it, or there is none.</summary>
    internal static RuleViolation? CheckCursor(string? text, out ListCursor? cursor)
    {
        cursor = null;
        if (text is null) return null;
        if (!ListCursor.TryParse(text, out var read))
            return new(ChatField.Cursor, $"{ChatField.Cursor} must be one that a listing returned");
        cursor = read;
        return null;
    }
}
