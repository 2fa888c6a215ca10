using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Identity;
using FluentAssertions;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Unit.Rules;

// CH-99
public sealed class NameRulesTests
{
    public static TheoryData<string> Visible =>
    [
        "ann", "Jürgen", "5a0b2f3e-0000-4000-8000-000000000001", "ann@example.org", "名前", "محمد", "שלום", "Ōtautahi",
        "👍", "👍🏽", "❤️", "👨‍👩‍👧‍👦", "🏳️‍🌈", "1️⃣", "می‌خواهم", "क्‍ष", "Zoë 🎉 team", "a b",
    ];

    public static TheoryData<int> Hidden =>
    [
        0x00AD, 0x034F, 0x061C, 0x115F, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E,
        0x2060, 0x2066, 0x2069, 0x206F, 0x2800, 0x3164, 0xFE0E, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0x1D173,
        0xE0001, 0xE0100,
    ];

    [Theory]
    [MemberData(nameof(Visible))]
    public void Names_that_people_have_are_allowed(string name)
    {
        NameRules.FindProblem(name).Should().BeNull();
        Create([name], name).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Invisible_characters_are_refused_wherever_a_new_name_is_given(int code)
    {
        var hidden = char.ConvertFromUtf32(code);
        foreach (var name in (string[])["an" + hidden + "n", hidden + "ann", "ann" + hidden])
        {
            new OpenIdentity().TryNamed(new DefaultHttpContext(), "user_id", name, out _, out var problem)
                .Should().BeFalse();
            problem!.Message.Should().StartWith("user_id must not contain invisible characters");
            Create([name], title: null).Should()
                .StartWith("each of participantIds must not contain invisible characters");
        }
        Create(["ann"], "an" + hidden + "n").Should().StartWith("title must not contain invisible characters");
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public void A_name_that_was_given_before_can_be_read_and_sent(int code)
    {
        var name = "an" + char.ConvertFromUtf32(code) + "n";
        UserId.Stored(name).Value.Should().Be(name);
        UserId.TryCreate(name, out _, out _).Should().BeTrue("it may be somebody who takes part already");
    }

    [Fact]
    public void Two_spellings_of_a_name_are_one_user_and_what_was_stored_is_left_as_it_is()
    {
        UserId.Parse("Ju\u0308rgen").Should().Be(UserId.Parse("J\u00FCrgen"));
        UserId.Stored("Ju\u0308rgen").Value.Should().Be("Ju\u0308rgen");
        ConversationRules.CheckParticipants([UserId.Parse("e\u0301"), UserId.Parse("\u00E9")], out var distinct)
            .Should().BeNull();
        distinct.Should().ContainSingle();
        ConversationRules.Check(null, Command(["ann"], " Cafe\u0301 "), out var conversation).Should().BeNull();
        conversation.Title.Should().Be("Café");
    }

    [Fact]
    public void Length_is_counted_in_characters_of_Unicode_of_the_form_that_is_kept()
    {
        const int most = ChatLimits.UserIdLength;
        foreach (var character in (string[])["a", "名", "👍"])
        {
            var longest = string.Concat(Enumerable.Repeat(character, most));
            Create([longest], longest).Should().BeNull();
            UserId.TryCreate(longest + character, out _, out var problem).Should().BeFalse();
            problem.Should().Be("must have at most 255 characters (Unicode code points)");
            Create(["ann"], longest + character).Should()
                .Be("title must have at most 255 characters (Unicode code points)");
        }
        UserId.TryCreate(string.Concat(Enumerable.Repeat("e\u0301", most)), out _, out _).Should().BeTrue();
        UserId.TryCreate(string.Concat(Enumerable.Repeat("\u0958", most)), out _, out _).Should()
            .BeFalse("it is two characters in this form");
    }

    [Fact]
    public void White_space_at_the_ends_is_what_the_clients_take_for_it()
    {
        const string spaces = " \t\r\n\u0085\u00A0\u1680\u2003\u2028\u3000\uFEFF";
        MessageRules.Check(spaces + "a" + spaces + "b" + spaces, null, out var message).Should().BeNull();
        message.Body.Should().Be("a" + spaces + "b");
        MessageRules.Check(spaces, null, out _).Should().NotBeNull("nothing is left");
        Create(["ann"], spaces).Should().BeNull("that is no title");
    }

    private static string? Create(string[] participants, string? title) =>
        ConversationRules.Check(null, Command(participants, title), out _)?.ToText();

    private static CreateConversation Command(string[] participants, string? title) =>
        new() { ParticipantIds = [.. participants.Select(UserId.Parse)], Title = title };
}
