using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using CsCheck;

namespace Chat.Tests.Unit.Rules;

/// <summary>CH-110: places in the list of conversations, and what a page of it may be.</summary>
public sealed class ListRulesTests
{
    [Fact]
    public void A_cursor_reads_back_equal_and_keeps_the_order() =>
        Gen.Select(Gen.Long[0, 4_102_444_800_000_000], Gen.Long[0, 3], Gen.Guid, Gen.Guid)
            .Sample((microseconds, more, one, other) =>
        {
            var first = new ListCursor(DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10), new ConversationId(one));
            var second = new ListCursor(first.ActiveAt.AddTicks(more * 10), new ConversationId(other));
            Assert.True(ListCursor.TryParse($"{first}", out var read));
            Assert.Equal(first, read);
            Assert.Equal(0, first.CompareTo(read));
            var expected = more != 0 ? -1 : Math.Sign(string.CompareOrdinal($"{first.Id}", $"{second.Id}"));
            Assert.Equal(expected, Math.Sign(first.CompareTo(second)));
        });

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("-019a0000000070008000000000000001")]
    [InlineData("1-019a0000-0000-7000-8000-000000000001")]
    [InlineData("9223372036854775807-019a0000000070008000000000000001")]
    [InlineData("99999999999999999999-019a0000000070008000000000000001")]
    [InlineData(" 1-019a0000000070008000000000000001")]
    public void Anything_else_is_no_cursor(string text)
    {
        var violation = ListRules.Check(new ConversationsQuery { Cursor = text }, out _);
        Assert.Equal("cursor must be one that a listing returned", violation?.ToText());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_page_has_1_to_100_conversations_and_50_unless_told(int limit, bool isAllowed)
    {
        var violation = ListRules.Check(new ConversationsQuery { Limit = limit }, out var page);
        Assert.Equal(isAllowed ? null : "limit must be a whole number from 1 to 100", violation?.ToText());
        if (isAllowed) Assert.Equal(limit, page.Limit);
        Assert.Null(ListRules.Check(null, out page));
        Assert.Equal((50, null), (page.Limit, page.After));
        Assert.Null(ListRules.Check(new ConversationsQuery(), out page));
        Assert.Equal(50, page.Limit);
    }
}
