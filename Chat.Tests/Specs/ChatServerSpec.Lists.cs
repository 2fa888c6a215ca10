using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs;

/// <content>What changes in the list of conversations. A real server may tell of several changes at once.</content>
public abstract partial class ChatServerSpec
{
    // CH-90, CH-92, CH-93
    [Fact]
    public async Task A_client_that_has_listed_hears_of_conversations_that_are_new_have_news_or_are_lost()
    {
        var (listing, quiet) = (await ConnectAsync(Ben), await ConnectAsync(Ben));
        await listing.Hub.Conversations();
        var (ann, joined, id) = await GroupAsync();
        await UntilAsync(listing, id, summary => summary is { LastSequence: 1, UnreadCount: 0 });
        await joined.Hub.Conversations();
        await joined.Hub.Join(id);

        await ann.Hub.Send(id, "hello");
        await UntilAsync(listing, id, summary => summary is { LastSequence: 2, UnreadCount: 1, IsMuted: false });
        await joined.Hub.MarkRead(id, 2);
        await UntilAsync(listing, id, summary => summary is { UnreadCount: 0 });
        await joined.Hub.SetMuted(id);
        foreach (var guest in new[] { listing, joined }) await UntilAsync(guest, id, summary => summary!.IsMuted);

        await ann.Hub.RemoveParticipant(id, Ben);
        foreach (var guest in new[] { listing, joined }) await UntilAsync(guest, id, summary => summary is null);
        await ann.Hub.Send(id, "secret");
        await ann.Hub.AddParticipants(id, [Ben]);
        await UntilAsync(listing, id, summary => summary is { LastSequence: 5 });
        Assert.True(quiet.Pushes.Lists.IsEmpty);
    }

    // CH-110, CH-111
    [Fact]
    public async Task The_list_comes_page_by_page_with_previews()
    {
        var (ann, _, first) = await GroupAsync();
        var all = new List<ConversationId> { ConversationId.Lobby, first };
        for (var i = 0; i < 4; i++)
            all.Insert(1, (await ann.Hub.CreateConversation(new CreateConversation { ParticipantIds = [Ben] })).Id);
        await ann.Hub.Send(first, new string('x', 201));

        var listed = new List<ConversationSummary>();
        for (var query = new ConversationsQuery { Limit = 2 }; ; query = query with { Cursor = listed[^1].Cursor })
        {
            var page = await ann.Hub.Conversations(query);
            listed.AddRange(page);
            if (page.Count < 2) break;
        }
        Assert.Equal(all.ToHashSet(), listed.Select(one => one.Id).ToHashSet());
        Assert.Equal(all.Count, listed.Count);
        Assert.Equal(first, listed[0].Id);
        Assert.Equal((new string('x', 200), true),
            (Assert.IsType<MessageEntry>(listed[0].LastEntry).Body, listed[0].IsLastEntryCut));
        Assert.Equal(listed.Select(one => one.Id), (await ann.Hub.Conversations()).Select(one => one.Id));

        await RefusedAsync(ChatErrorCode.BadRequest, "limit must be a whole number from 1 to 100",
            () => ann.Hub.Conversations(new ConversationsQuery { Limit = 101 }));
        await RefusedAsync(ChatErrorCode.BadRequest, "cursor must be one that a listing returned",
            () => ann.Hub.Conversations(new ConversationsQuery { Cursor = "2" }));
    }

    private static async Task UntilAsync(Guest guest, ConversationId id, Func<ConversationSummary?, bool> like)
    {
        ConversationListChange change;
        do change = await guest.Pushes.Lists.NextAsync();
        while (change.ConversationId != id || !like(change.Summary));
    }
}
