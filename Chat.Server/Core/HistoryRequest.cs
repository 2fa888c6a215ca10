using Chat.Contracts.Commands;
using Chat.Contracts.Protocol;

namespace Chat.Server.Core;

/// <summary>A checked query for a page of history.</summary>
internal readonly record struct HistoryRequest(long? After, long Before, int Limit)
{
    /// <exception cref="ChatException">A field is not as allowed; the text names it.</exception>
    public static HistoryRequest Create(HistoryQuery? query)
    {
        if (query is null) return new HistoryRequest(null, long.MaxValue, ChatLimits.DefaultHistoryPage);
        if (query.Before is not null && query.After is not null) throw ChatException.BadRequest("give before or after, not both");
        if (query.Before < 0 || query.After < 0) throw ChatException.BadRequest("before and after must not be negative");
        var limit = query.Limit ?? ChatLimits.DefaultHistoryPage;
        if (limit is < 1 or > ChatLimits.HistoryPage) throw ChatException.BadRequest($"limit must be from 1 to {ChatLimits.HistoryPage}");
        return new HistoryRequest(query.After, query.Before ?? long.MaxValue, limit);
    }
}
