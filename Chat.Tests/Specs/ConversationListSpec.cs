using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>CH-110, CH-111: pages of the list of conversations, on either database.</summary>
public abstract class ConversationListSpec : StoreSpec
{
    private static readonly UserId Ann = UserId.Parse("ann");

    private static CancellationToken None => CancellationToken.None;

    [SpecFact]
    public async Task Pages_hold_all_of_the_list_in_order_also_where_times_are_equal()
    {
        var made = new HashSet<ConversationId> { ConversationId.Lobby };
        for (var i = 0; i < 12; i++)
        {
            var conversation = await CreateConversationAsync("ann", "bob"); // all of the same moment
            if (i % 3 == 0)
                await Stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(conversation)),
                    Drafts.Noon.AddMinutes(i % 2), None);
            made.Add(conversation);
        }
        await CreateConversationAsync("bob", "cid");

        foreach (var limit in new[] { 1, 3, made.Count, 100 })
        {
            var pages = await PagesAsync(limit);
            var listed = pages.SelectMany(page => page).ToList();
            Assert.Equal(made, listed.Select(one => one.Id).ToHashSet());
            Assert.Equal(made.Count, listed.Count);
            Assert.All(pages.SkipLast(1), page => Assert.Equal(limit, page.Count));
            var places = listed.Select(one => Place(one.Cursor)).ToList();
            Assert.Equal(places.OrderDescending(), places);
            Assert.All(listed.Where(one => one.LastEntry is not null),
                one => Assert.Equal(one.LastEntry!.CreatedAt, Place(one.Cursor).ActiveAt));
        }
    }

    [SpecFact]
    public async Task Activity_between_two_pages_makes_no_other_row_missed_or_shown_twice()
    {
        var made = new List<ConversationId>();
        for (var i = 0; i < 9; i++) made.Add(await CreateConversationAsync("ann", "bob"));
        var first = await Stores.Conversations.ListAsync(Ann, new CheckedListPage(null, 4), None);
        var moved = made.Except(first.Select(one => one.Id)).First();
        await Stores.Messages.CommitAsync(
            Drafts.Of(Drafts.Message(moved), Drafts.Message(first[^1].Id), Drafts.Message(first[0].Id)),
            Drafts.Noon.AddHours(1), None);

        var rest = await Stores.Conversations.ListAsync(Ann, new CheckedListPage(Place(first[^1].Cursor), 100), None);

        Assert.Equal(made.Append(ConversationId.Lobby).Except(first.Select(one => one.Id)).Except([moved]).ToHashSet(),
            rest.Select(one => one.Id).ToHashSet());
        var again = await Stores.Conversations.ListAsync(Ann, new CheckedListPage(null, 3), None);
        Assert.Contains(moved, again.Select(one => one.Id));
    }

    // CH-7
    [SpecFact]
    public async Task Without_a_lobby_it_is_on_no_page_even_of_a_user_who_marked_it_as_read()
    {
        var own = await CreateConversationAsync("ann", "bob");
        await Stores.Messages.CommitAsync(
            Drafts.Of(Drafts.Message(ConversationId.Lobby)), Drafts.Noon.AddHours(1), None);
        await Stores.Conversations.MarkReadAsync(ConversationId.Lobby, Ann, 1, None);

        var page = await Stores.Conversations.ListAsync(Ann, new CheckedListPage(null, 4), None, hasLobby: false);

        Assert.Equal([own], page.Select(one => one.Id));
    }

    [SpecFact]
    public async Task The_lobby_stands_where_it_was_last_active_marked_or_not()
    {
        var (older, newer) = (await CreateConversationAsync(), await CreateConversationAsync());
        foreach (var (conversation, minutes) in new[] { (older, 1), (ConversationId.Lobby, 2), (newer, 3) })
            await Stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(conversation)), Drafts.Noon.AddMinutes(minutes),
                None);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal([newer, ConversationId.Lobby, older],
                (await PagesAsync(1)).SelectMany(page => page).Select(one => one.Id));
            await Stores.Conversations.MarkReadAsync(ConversationId.Lobby, Ann, 1, None);
        }
        await Database.ExecuteAsync(
            $"update participants set role = 2 where conversation_id = {Literal(ConversationId.Lobby)}");
        Assert.Equal([newer, older], (await PagesAsync(1)).SelectMany(page => page).Select(one => one.Id));
    }

    [SpecFact]
    public async Task The_newest_entry_is_a_preview_that_says_when_it_is_cut()
    {
        var (large, small) = (await CreateConversationAsync(), await CreateConversationAsync());
        var users = Enumerable.Range(0, 40).Select(i => $"user{i}").ToArray();
        var crowd = await CreateConversationAsync(["ann", .. users]);
        await CommitAsync(Drafts.Message(large, new string('x', ChatLimits.BodyBytes)), Drafts.Message(small, "hi"));

        var listed = (await ListAsync(Ann)).ToDictionary(one => one.Id);

        Assert.Equal((new string('x', 200), true), Shown(listed[large]));
        Assert.Equal(("hi", false), Shown(listed[small]));
        Assert.True(listed[crowd].IsLastEntryCut);
        var created = Assert.IsType<ConversationCreatedEntry>(listed[crowd].LastEntry);
        Assert.Equal(["ann", "user0"], created.ParticipantIds.Take(2).Select(user => user.Value));

        static (string?, bool) Shown(ConversationSummary one) =>
            (Assert.IsType<MessageEntry>(one.LastEntry).Body, one.IsLastEntryCut);
    }

    // The database cuts what is long, by code points; the preview is cut by what people see as characters.
    [SpecFact]
    public async Task The_preview_is_that_of_the_whole_entry_wherever_its_text_could_be_cut()
    {
        string[] bodies =
        [
            new('x', 200), new('x', 201), new('x', 2_048), new('x', 2_049), Times("😀", 200), Times("😀", 201),
            Times("😀", 1_025), Times("👩‍👩‍👧", 199) + "yz", "e" + new string('\u0301', 2_046) + "yz",
            "e" + new string('\u0301', 2_047) + "y", "e" + new string('\u0301', 2_048), "a" + Times("😀", 1_024) + "b",
        ];
        string[] meta =
        [
            Json("x", 1_022), Json("x", 1_023), "{\"a\":1}", Json("😀", 511), Json("😀", 512),
        ];
        var messages = new List<MessageEntry>();
        foreach (var body in bodies) messages.Add(Drafts.Message(await CreateConversationAsync(), body));
        foreach (var one in meta)
            messages.Add(Drafts.Message(await CreateConversationAsync(), body: null) with
            {
                MsgType = MessageType.File, AttachmentUrl = "https://files.example/a",
                AttachmentMeta = new RawJson(one),
            });
        await CommitAsync([.. messages]);

        var listed = (await Stores.Conversations.ListAsync(Ann, new CheckedListPage(null, 100), None))
            .ToDictionary(one => one.Id);

        foreach (var message in messages)
        {
            var whole = Assert.IsType<MessageEntry>(EntryPreview.Of(message, out var isCut));
            var shown = Assert.IsType<MessageEntry>(listed[message.ConversationId].LastEntry);
            Assert.Equal((whole.Body, whole.AttachmentMeta, isCut),
                (shown.Body, shown.AttachmentMeta, listed[message.ConversationId].IsLastEntryCut));
        }

        static string Times(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

        static string Json(string text, int times) => $"\"{Times(text, times)}\"";
    }

    private async Task<List<IReadOnlyList<ConversationSummary>>> PagesAsync(int limit)
    {
        var pages = new List<IReadOnlyList<ConversationSummary>>();
        ListCursor? after = null;
        while (true)
        {
            var page = await Stores.Conversations.ListAsync(Ann, new CheckedListPage(after, limit), None);
            pages.Add(page);
            if (page.Count < limit) return pages;
            after = Place(page[^1].Cursor);
        }
    }

    private static ListCursor Place(string? text) =>
        ListCursor.TryParse(text, out var place) ? place : throw new FormatException(text);
}
