using System.Globalization;
using Chat.Contracts.Protocol;
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
        var page = new PageQuery(
            (int)(Parse(query, "limit", null, 1, ChatLimits.HistoryPage) ?? ChatLimits.DefaultHistoryPage),
            (int)(Parse(query, "offset", null, 0, int.MaxValue) ?? 0),
            Parse(query, "before_seq", "beforeSeq", 0, long.MaxValue),
            Parse(query, "after_seq", "afterSeq", 0, long.MaxValue));
        if (page is { Before: not null, After: not null }) throw ChatException.BadRequest("give before_seq or after_seq, not both");
        if (page is { ByPosition: true, Offset: > 0 }) throw ChatException.BadRequest("offset cannot go with before_seq or after_seq");
        return page;
    }

    private static long? Parse(IQueryCollection query, string name, string? camelCase, long from, long to)
    {
        string? text = query[name];
        if (string.IsNullOrEmpty(text) && camelCase is not null) text = query[camelCase];
        if (string.IsNullOrEmpty(text)) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to) return value;
        throw ChatException.BadRequest(to == long.MaxValue ? $"{name} must be a whole number, {from} or more" : $"{name} must be a whole number from {from} to {to}");
    }
}
