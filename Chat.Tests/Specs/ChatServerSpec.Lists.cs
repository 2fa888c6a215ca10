using Chat.ClientSdk;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs;

/// <content>What changes in the list of conversations. A real server may tell of several changes at once.</content>
public abstract partial class ChatServerSpec
{
    // CH-90, CH-92, CH-93
    [Fact]
    public async Task Who_has_listed_hears_of_conversations_that_are_new_have_news_or_are_lost()
    {
        var (listing, quiet) = (await ConnectAsync(Ben), await ConnectAsync(Ben));
        await listing.Hub.Conversations();
        var (ann, joined, id) = await GroupAsync();
        await UntilAsync(listing, id, summary => summary is { LastSequence: 1, UnreadCount: 1 });
        await joined.Hub.Conversations();
        await joined.Hub.Join(id);

        await ann.Hub.Send(id, "hello");
        await UntilAsync(listing, id, summary => summary is { LastSequence: 2, UnreadCount: 2, IsMuted: false });
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

    private static async Task UntilAsync(Guest guest, ConversationId id, Func<ConversationSummary?, bool> like)
    {
        ConversationListChange change;
        do change = await guest.Pushes.Lists.NextAsync();
        while (change.ConversationId != id || !like(change.Summary));
    }
}
