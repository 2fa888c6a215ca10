using Chat.ClientSdk.Reading;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Tests.Fixtures;
using CsCheck;

namespace Chat.Tests.Unit.ClientSdk.Reading;

/// <summary>CH-110: reading a whole list while it changes.</summary>
public sealed class ListPagesTests
{
    private readonly List<ConversationId> _order = [];
    private readonly Dictionary<ConversationId, int> _activeAt = [];
    private int _now;

    [Fact]
    public Task Nothing_is_missed_whatever_becomes_active_meanwhile() =>
        Gen.Select(Gen.Int[0, 260], Gen.Int[0, 259].Array[0, 90].Array[12]).SampleAsync(async (count, movesByPage) =>
        {
            var list = new ListPagesTests();
            for (var i = 0; i < count; i++) list.Touch(ConversationId.New(Drafts.Noon));
            var calls = 0;
            var all = await ListPages.ReadAllAsync(query =>
            {
                var page = list.Page(query);
                foreach (var move in calls < movesByPage.Length ? movesByPage[calls] : [])
                    if (move < count) list.Touch(list._order[move]);
                calls++;
                return Task.FromResult(page);
            });
            Assert.Equal(list._activeAt.Keys.ToHashSet(), all.Select(one => one.Id).ToHashSet());
            Assert.Equal(count, all.Count);
        });

    [Fact]
    public async Task A_quiet_list_of_one_page_is_one_call_and_of_several_one_more()
    {
        foreach (var (count, calls) in new[] { (0, 1), (49, 1), (50, 3), (51, 3), (120, 4) })
        {
            var (list, made) = (new ListPagesTests(), 0);
            for (var i = 0; i < count; i++) list.Touch(ConversationId.New(Drafts.Noon));
            await ListPages.ReadAllAsync(query =>
            {
                made++;
                return Task.FromResult(list.Page(query));
            });
            Assert.Equal((count, calls), (count, made));
        }
    }

    [Fact]
    public async Task A_server_that_lists_all_at_once_is_asked_once()
    {
        var list = new ListPagesTests();
        for (var i = 0; i < 120; i++) list.Touch(ConversationId.New(Drafts.Noon));
        var all = await ListPages.ReadAllAsync(query => Task.FromResult<IReadOnlyList<ConversationSummary>>(
            [.. list._activeAt.Keys.Select(id => list.Summarize(id) with { Cursor = null })]));
        Assert.Equal(120, all.Count);
    }

    private void Touch(ConversationId id)
    {
        if (!_activeAt.ContainsKey(id)) _order.Add(id);
        _activeAt[id] = ++_now;
    }

    private IReadOnlyList<ConversationSummary> Page(ConversationsQuery? query)
    {
        Assert.Null(ListRules.Check(query, out var page));
        return [.. _activeAt.Keys.Where(id => page.After is not { } after || PlaceOf(id).CompareTo(after) < 0)
            .OrderByDescending(PlaceOf).Take(page.Limit).Select(Summarize)];
    }

    private ListCursor PlaceOf(ConversationId id) => new(Drafts.Noon.AddSeconds(_activeAt[id]), id);

    private ConversationSummary Summarize(ConversationId id) => new()
    {
        Id = id, Kind = ConversationKind.Group, CreatedAt = Drafts.Noon, LastSequence = 1, LastReadSequence = 0,
        Cursor = $"{PlaceOf(id)}",
    };
}
