using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>Pages of the log and of messages from every <see cref="IMessageStore"/>.</summary>
public abstract class MessagePagesSpec : StoreSpec
{
    private static CancellationToken None => CancellationToken.None;

    [SpecFact]
    public async Task Pages_are_read_both_ways()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync([.. Enumerable.Range(2, 9).Select(i => Drafts.Message(conversation, $"{i}"))]);

        async Task<IEnumerable<long>> After(long after, int limit) =>
            (await Stores.Messages.ReadAfterAsync(conversation, after, limit, None)).Select(e => e.Sequence);
        async Task<IEnumerable<long>> Before(long before, int limit) =>
            (await Stores.Messages.ReadBeforeAsync(conversation, before, limit, None)).Select(e => e.Sequence);

        Assert.Equal([1, 2, 3], await After(0, 3));
        Assert.Equal([9, 10], await After(8, 50));
        Assert.Empty(await After(10, 50));
        Assert.Equal([8, 9, 10], await Before(long.MaxValue, 3));
        Assert.Equal([1, 2], await Before(3, 50));
        Assert.Empty(await Before(1, 50));
    }

    [SpecFact]
    public async Task Messages_are_paged_newest_first_without_other_kinds()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync(
            Drafts.Message(conversation, "2"), Drafts.Added(conversation, "carl"), Drafts.Message(conversation, "4"),
            Drafts.Message(conversation, "5"), Drafts.Message(conversation, "6"));

        async Task<IEnumerable<string?>> Page(long? before, long? after, int offset, int limit) =>
            (await Stores.Messages.ReadMessagesAsync(
                conversation, new(after ?? 0, before ?? long.MaxValue, after is not null, offset), limit, None))
            .Messages.Select(m => m.Body);

        Assert.Equal(["6", "5"], await Page(null, null, 0, 2));
        Assert.Equal(["4", "2"], await Page(null, null, 2, 50));
        Assert.Equal(["2"], await Page(5, null, 1, 50));
        Assert.Equal(["4", "2"], await Page(5, null, 0, 50));
        Assert.Equal(["5", "4"], await Page(null, 2, 0, 2));
        Assert.Equal(["5", "4"], await Page(6, 2, 0, 50));
        Assert.Empty(await Page(null, 6, 0, 50));
    }

    [SpecFact]
    public async Task A_page_ends_before_the_entry_that_would_make_it_too_large()
    {
        var conversation = await CreateConversationAsync();
        // 40 bytes each in UTF-8: what is counted is bytes, of all that an entry holds.
        var fat = Drafts.Message(conversation, new string('\u00e9', 10)) with
        {
            AttachmentUrl = new string('u', 10), AttachmentMeta = new RawJson("[1,2,3,44]")
        };
        await CommitAsync([.. Enumerable.Range(2, 9).Select(_ => fat with { Id = MessageId.New(Drafts.Noon) })]);

        async Task<IEnumerable<long>> After(long after, int bytes) =>
            (await Stores.Messages.ReadAfterAsync(conversation, after, new(5, bytes), None)).Select(e => e.Sequence);
        async Task<IEnumerable<long>> Before(long before, int bytes) =>
            (await Stores.Messages.ReadBeforeAsync(conversation, before, new(5, bytes), None)).Select(e => e.Sequence);

        Assert.Equal([2, 3], await After(1, 119));
        Assert.Equal([2, 3, 4], await After(1, 120));
        Assert.Equal([2, 3, 4, 5, 6], await After(1, 4_000));
        Assert.Equal([7], await After(6, 1));
        Assert.Equal([9, 10], await Before(11, 119));
        Assert.Equal([8, 9, 10], await Before(11, 120));
        Assert.Equal([8], await Before(9, 1));
    }

    [SpecFact]
    public async Task Pages_after_several_places_come_in_order_up_to_their_common_limit()
    {
        var (first, second, empty) = (await CreateConversationAsync(), await CreateConversationAsync(),
            await CreateConversationAsync());
        foreach (var conversation in new[] { first, second })
            await CommitAsync(
                [.. Enumerable.Range(2, 4).Select(_ => Drafts.Message(conversation, new string('x', 100)))]);

        async Task<(string Entries, bool IsCut)> After(int entries, int bytes, params LogPlace[] places)
        {
            var read = await Stores.Messages.ReadAfterAsync(places, new(entries, bytes), None);
            return (string.Join(' ', read.Entries.Select(e =>
                $"{(e.ConversationId == first ? "a" : e.ConversationId == second ? "b" : "c")}{e.Sequence}")),
                read.IsCut);
        }

        LogPlace[] places = [new(second, 3), new(empty, 1), new(first, 2), new(ConversationId.New(Drafts.Noon), 0)];
        Assert.Equal(("b4 b5 a3 a4 a5", false), await After(50, 4_000, places));
        Assert.Equal(("b4 b5 a3", true), await After(3, 4_000, places));
        Assert.Equal(("b4 b5", true), await After(2, 4_000, places));
        Assert.Equal(("b4 b5 a3", true), await After(50, 399, places));
        Assert.Equal(("b4", true), await After(50, 1, places));
        Assert.Equal(("", false), await After(50, 4_000, new LogPlace(empty, 1)));
        Assert.Equal(("", false), await After(50, 4_000));
    }

    // CH-27, CH-229
    [SpecFact]
    public async Task The_text_of_the_newest_edit_counts_for_the_bytes_of_a_page_of_messages()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync([.. Enumerable.Range(2, 3).Select(i => Drafts.Message(conversation, new string('x', 100)))]);
        await CommitAsync(Drafts.Edited(conversation, 3, new string('y', 300)));
        await CommitAsync(Drafts.Edited(conversation, 4, "z"));

        async Task<(string, bool)> Page(bool fromOldest, int bytes)
        {
            var page = await Stores.Messages.ReadMessagesAsync(
                conversation, new(0, long.MaxValue, fromOldest, 0), new(50, bytes), None);
            return (string.Join(' ', page.Messages.Select(m => $"{m.Sequence}{m.Body![0]}{m.Body.Length}")),
                page.IsCut);
        }

        Assert.Equal(("4z1 3y300 2x100", false), await Page(fromOldest: false, 401));
        Assert.Equal(("4z1 3y300", true), await Page(fromOldest: false, 400));
        Assert.Equal(("4z1", true), await Page(fromOldest: false, 300));
        Assert.Equal(("2x100", true), await Page(fromOldest: true, 399));
        Assert.Equal(("4z1 3y300 2x100", false), await Page(fromOldest: true, 401));
    }

    [SpecFact]
    public async Task A_page_of_messages_that_ends_because_of_its_bytes_says_so()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync([.. Enumerable.Range(2, 4).Select(i => Drafts.Message(conversation, new string('x', 100)))]);

        Task<MessagePage> Page(bool fromOldest, int limit, int bytes) => Stores.Messages.ReadMessagesAsync(
            conversation, new(0, long.MaxValue, fromOldest, 0), new(limit, bytes), None);

        var newest = await Page(fromOldest: false, 50, 399);
        Assert.Equal([5, 4, 3], newest.Messages.Select(m => m.Sequence));
        Assert.True(newest.IsCut);
        var oldest = await Page(fromOldest: true, 50, 399);
        Assert.Equal([4, 3, 2], oldest.Messages.Select(m => m.Sequence));
        Assert.True(oldest.IsCut);
        Assert.False((await Page(fromOldest: false, 50, 400)).IsCut);
        Assert.False((await Page(fromOldest: false, 2, 250)).IsCut);
    }
}
