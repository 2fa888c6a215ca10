using Chat.Contracts.Commands;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports.Rest;

/// <summary>Which page of what is shown a request asks for.</summary>
internal static class ViewQuery
{
    /// <summary>Null: the request names no view.</summary>
    /// <exception cref="ChatException">A parameter is not as allowed; the text names it.</exception>
    public static HistoryQuery? Parse(IQueryCollection query)
    {
        if (!query.ContainsKey("view")) return null;
        ChatException.ThrowIf(PageRules.Thread.Parse(query["thread"], out var thread));
        var page = PageQuery.Parse(query);
        if (page.Offset > 0)
            throw new ChatException(
                new RuleViolation(ChatField.Offset, $"{ChatField.Offset} cannot go with {ChatField.View}"));
        return new HistoryQuery
        {
            View = ViewNames.Parse(query["view"]), Thread = thread, Before = page.Before, After = page.After,
            Limit = page.Limit,
        };
    }
}
