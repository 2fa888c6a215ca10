using System.Globalization;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Rules;
using Chat.Tests.Fixtures;
using CsCheck;

namespace Chat.Tests.Unit.Rules;

/// <summary>CH-111: what a list shows of the newest entry.</summary>
public sealed class EntryPreviewTests
{
    private static readonly string[] Characters = ["a", "ü", "e\u0301", "😀", "👨‍👩‍👧‍👦", "🇩🇪", "각", "\r\n", "字"];

    [Fact]
    public void Of_a_body_the_first_200_characters_are_shown_and_none_is_cut_in_two() =>
        Gen.Int[0, Characters.Length - 1].Select(i => Characters[i]).List[0, 450].Sample(characters =>
        {
            var body = string.Concat(characters);
            var shown = Body(body, out var isCut);
            Assert.Equal(shown.Length < body.Length, isCut);
            Assert.StartsWith(shown, body, StringComparison.Ordinal);
            var starts = StringInfo.ParseCombiningCharacters(body);
            Assert.Contains(shown.Length, starts.Append(body.Length));
            Assert.InRange(new StringInfo(shown).LengthInTextElements, 0, 200);
            if (isCut)
                Assert.True(new StringInfo(shown).LengthInTextElements == 200 || shown.Length > 2_048 - 11);
        });

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(65_536, 200)]
    public void A_body_of_single_units(int length, int shown)
    {
        Assert.Equal(new string('x', shown), Body(new string('x', length), out var isCut));
        Assert.Equal(length > shown, isCut);
    }

    [Fact]
    public void A_character_of_very_many_parts_is_left_out_whole()
    {
        Assert.Equal("ab", Body("ab" + "e" + new string('\u0301', 60_000), out var isCut));
        Assert.True(isCut);
    }

    [Fact]
    public void Large_metadata_is_left_out_and_small_is_as_it_was()
    {
        foreach (var (length, isKept) in new[] { (1_024, true), (1_025, false) })
        {
            var message = Drafts.Message(ConversationId.Lobby) with
            {
                AttachmentUrl = "https://a.test/1", AttachmentMeta = new RawJson($"\"{new string('m', length - 2)}\"")
            };
            var shown = Assert.IsType<MessageEntry>(EntryPreview.Of(message, out var isCut));
            Assert.Equal((isKept, !isKept, "https://a.test/1"),
                (shown.AttachmentMeta is not null, isCut, shown.AttachmentUrl));
        }
    }

    [Fact]
    public void Of_participants_the_first_ten_are_named()
    {
        foreach (var (count, isWhole) in new[] { (10, true), (11, false) })
        {
            var users = Enumerable.Range(0, count).Select(i => $"u{i}").ToList();
            var created = Assert.IsType<ConversationCreatedEntry>(EntryPreview.Of(Drafts.Created(users), out var cut));
            Assert.Equal(users.Take(10), created.ParticipantIds.Select(user => user.Value));
            Assert.Equal(!isWhole, cut);
            var added = Drafts.Added(ConversationId.Lobby, users);
            var shown = Assert.IsType<ParticipantsAddedEntry>(EntryPreview.Of(added, out cut));
            Assert.Equal(10, shown.ParticipantIds.Count);
            Assert.Equal(!isWhole, cut);
        }
    }

    [Fact]
    public void The_preview_of_a_short_entry_is_the_entry()
    {
        var lobby = ConversationId.Lobby;
        ConversationEntry[] entries = [Drafts.Message(lobby), Drafts.Removed(lobby, "ann")];
        foreach (var entry in entries)
        {
            Assert.Same(entry, EntryPreview.Of(entry, out var isCut));
            Assert.False(isCut);
        }
        Assert.Null(EntryPreview.Of(null, out var isNothingCut));
        Assert.False(isNothingCut);
    }

    private static string Body(string body, out bool isCut) =>
        Assert.IsType<MessageEntry>(EntryPreview.Of(Drafts.Message(ConversationId.Lobby, body), out isCut)).Body!;
}
