using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports.Rest;

/// <summary>Which page of messages a request asks for.</summary>
internal readonly record struct PageQuery(int Limit, int Offset, long? Before, long? After)
{
    /// <summary>Who pages by position is shown positions.</summary>
    public bool ByPosition => Before is not null || After is not null;

    /// <exception cref="ChatException">A parameter is not as allowed; the text names it.</exception>
    public static PageQuery Parse(IQueryCollection query)
    {
        var limit = Read(query, "limit", null, PageRules.Limit);
        var offset = Read(query, "offset", null, PageRules.Offset);
        var before = ReadBefore(query);
        var after = Read(query, "after_seq", "afterSeq", PageRules.After);
        ChatException.ThrowIf(PageRules.CheckPositions(before, after));
        var page = new PageQuery((int)(limit ?? ChatLimits.DefaultHistoryPage), (int)(offset ?? 0), before, after);
        if (page is { ByPosition: true, Offset: > 0 })
            throw new ChatException(
                new RuleViolation(ChatField.Offset,
                    $"{ChatField.Offset} cannot go with {ChatField.Before} or {ChatField.After}"));
        return page;
    }

    /// <exception cref="ChatException">It is not as allowed.</exception>
    public static long? ReadBefore(IQueryCollection query) =>
        Read(query, "before_seq", "beforeSeq", PageRules.Before);

    private static long? Read(IQueryCollection query, string name, string? camelCase, NumberRule rule)
    {
        string? text = query[name];
        if (string.IsNullOrEmpty(text) && camelCase is not null) text = query[camelCase];
        ChatException.ThrowIf(rule.Parse(text, out var value));
        return value;
    }
}
