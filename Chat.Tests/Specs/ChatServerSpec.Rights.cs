using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs;

/// <content>Roles, and what they allow.</content>
public abstract partial class ChatServerSpec
{
    // CH-190, CH-191
    [Fact]
    public async Task Owners_give_roles_and_everybody_sees_who_has_which()
    {
        var (ann, ben, id) = await GroupAsync(Cem);
        await RefusedAsync(ChatErrorCode.Forbidden, "only an owner may give roles",
            () => ben.Hub.SetRole(id, Give(Ben, ParticipantRole.Moderator)));
        await ben.Hub.Join(id);

        await ann.Hub.SetRole(id, Give(Ben, ParticipantRole.Moderator));
        await ann.Hub.SetRole(id, Give(Ben, ParticipantRole.Moderator)); // again: nothing

        var entry = Assert.IsType<RoleChangedEntry>(await ben.Pushes.NextAsync());
        Assert.Equal((2, Ann, Ben, ParticipantRole.Moderator, null),
            (entry.Sequence, entry.SenderId, entry.ParticipantId, entry.Role, entry.Until));
        var page = await ben.Hub.Participants(id);
        Assert.Equal((ParticipantRole.Moderator, 0), (page.Role, page.SlowModeSeconds));
        Assert.Equal("ann Owner, ben Moderator, cem Member", Roles(page));
        Assert.Equal("ben Moderator", Roles(await ann.Hub.Participants(id, new() { After = Ann, Limit = 1 })));
        Assert.Equal("cem Member", Roles(await ann.Hub.Participants(id, new() { Role = ParticipantRole.Member })));
        Assert.Equal(2, (await ann.Hub.History(id)).Head);
        await RefusedAsync(ChatErrorCode.BadRequest, "limit must be a whole number from 1 to 500",
            () => ann.Hub.Participants(id, new() { Limit = 501 }));
        await RefusedAsync(ChatErrorCode.BadRequest, "userId must name a participant; add the user first",
            () => ann.Hub.SetRole(id, Give(UserId.Parse("dan"), ParticipantRole.Moderator)));
    }

    // CH-192
    [Fact]
    public async Task Moderators_act_on_those_below_them_only()
    {
        var (ann, ben, id) = await GroupAsync(Cem);
        var cem = await ConnectAsync(Cem);
        await ann.Hub.SetRole(id, Give(Ben, ParticipantRole.Moderator));
        const string remove =
            "only an owner or a moderator may remove others, and only those below them; anyone may leave";
        await RefusedAsync(ChatErrorCode.Forbidden, remove, () => ben.Hub.RemoveParticipant(id, Ann));
        await RefusedAsync(ChatErrorCode.Forbidden, remove, () => cem.Hub.RemoveParticipant(id, Ben));
        await RefusedAsync(ChatErrorCode.Forbidden,
            "only an owner or a moderator may ban others, and only those below them",
            () => ben.Hub.SetRole(id, Give(Ann, ParticipantRole.Blocked)));
        await RefusedAsync(ChatErrorCode.Forbidden,
            "only an owner or a moderator may mute others, and only those below them",
            () => cem.Hub.SetRole(id, Give(Ben, ParticipantRole.Readonly)));
        await RefusedAsync(ChatErrorCode.Forbidden,
            "only an owner or a moderator may mute others, and only those below them",
            () => ben.Hub.SetRole(id, Give(Ben, ParticipantRole.Readonly)));
        await RefusedAsync(ChatErrorCode.Forbidden, "only an owner or a moderator may change the conversation",
            () => cem.Hub.ChangeConversation(id, new() { Title = "mine" }));
        await ben.Hub.RemoveParticipant(id, Cem);
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => cem.Hub.Participants(id));
    }

    // CH-193
    [Fact]
    public async Task A_removed_user_is_added_again_by_owners_and_moderators_only_and_one_who_left_by_anyone()
    {
        var (ann, ben, id) = await GroupAsync(Cem);
        var cem = await ConnectAsync(Cem);
        await ann.Hub.RemoveParticipant(id, Cem);
        await RefusedAsync(ChatErrorCode.Forbidden,
            "one of the users was removed or banned: only an owner or a moderator may add them again",
            () => ben.Hub.AddParticipants(id, [Cem]));
        await ann.Hub.AddParticipants(id, [Cem]);
        await cem.Hub.RemoveParticipant(id, Cem);
        await ben.Hub.AddParticipants(id, [Cem]);
        Assert.Equal("ann Owner, ben Member, cem Member", Roles(await cem.Hub.Participants(id)));
    }

    // CH-194
    [Fact]
    public async Task When_the_last_owner_goes_another_one_follows_in_the_next_entry()
    {
        var (ann, ben, id) = await GroupAsync(Cem);
        await RefusedAsync(ChatErrorCode.BadRequest,
            "the last owner must make somebody else an owner first, or leave",
            () => ann.Hub.SetRole(id, Give(Ann, ParticipantRole.Member)));
        await ann.Hub.SetRole(id, Give(Cem, ParticipantRole.Moderator));
        await ben.Hub.Join(id);
        await ann.Hub.RemoveParticipant(id, Ann);

        Assert.Equal(Ann, Assert.IsType<ParticipantRemovedEntry>(await ben.Pushes.NextAsync()).ParticipantId);
        var next = Assert.IsType<RoleChangedEntry>(await ben.Pushes.NextAsync());
        Assert.Equal((4, Cem, ParticipantRole.Owner), (next.Sequence, next.ParticipantId, next.Role));
        Assert.Equal("ben Member, cem Owner", Roles(await ben.Hub.Participants(id)));
        await (await ConnectAsync(Cem)).Hub.RemoveParticipant(id, Cem);
        Assert.Equal("ben Owner", Roles(await ben.Hub.Participants(id)));
        await ben.Hub.RemoveParticipant(id, Ben); // nobody is left
    }

    // CH-272
    [Fact]
    public async Task Topic_and_picture_change_with_an_entry_and_are_in_lists()
    {
        var (ann, ben, id) = await GroupAsync();
        await ben.Hub.Join(id);
        await ann.Hub.ChangeConversation(id, new() { Topic = " All about it ", AvatarUrl = "/pictures/1.png" });
        await ann.Hub.ChangeConversation(id, new() { Topic = "All about it" }); // nothing new
        var changed = Assert.IsType<ConversationChangedEntry>(await ben.Pushes.NextAsync());
        Assert.Equal(("All about it", "/pictures/1.png", null, null),
            (changed.Topic, changed.AvatarUrl, changed.Title, changed.IsArchived));
        var listed = (await ben.Hub.Conversations()).Single(one => one.Id == id);
        Assert.Equal(("All about it", "/pictures/1.png", false), (listed.Topic, listed.AvatarUrl, listed.IsArchived));

        await ann.Hub.ChangeConversation(id, new() { Topic = "", AvatarUrl = "https://example.org/2.png" });
        listed = (await ben.Hub.Conversations()).Single(one => one.Id == id);
        Assert.Equal((null, "https://example.org/2.png"), (listed.Topic, listed.AvatarUrl));
        foreach (var wrong in new[] { "javascript:alert(1)", "//elsewhere/x.png", "pictures/1.png", "data:,x" })
            await RefusedAsync(ChatErrorCode.BadRequest,
                "avatarUrl must be an address with http or https, or a path that begins with /",
                () => ann.Hub.ChangeConversation(id, new() { AvatarUrl = wrong }));
        await RefusedAsync(ChatErrorCode.BadRequest,
            "topic must have at most 250 characters (Unicode code points)",
            () => ann.Hub.ChangeConversation(id, new() { Topic = new string('x', 251) }));
        await RefusedAsync(ChatErrorCode.Forbidden, "only an owner or a moderator may change the conversation",
            () => ben.Hub.ChangeConversation(id, new() { IsArchived = true }));
    }

    // CH-273
    [Fact]
    public async Task Nobody_writes_to_an_archived_conversation_until_it_is_opened_again()
    {
        const string archived = "this conversation is archived; an owner or a moderator can open it again";
        var (ann, ben, id) = await GroupAsync();
        var first = await ben.Hub.Send(id, "first");
        var second = await ben.Hub.Send(id, "second");
        await ann.Hub.ChangeConversation(id, new() { IsArchived = true });

        Assert.True((await ben.Hub.Conversations()).Single(one => one.Id == id).IsArchived);
        foreach (var act in (Func<Task>[])
        [
            () => ben.Hub.Send(id, "late"), () => ann.Hub.Send(id, "late"),
            () => ben.Hub.EditMessage(id, first.Sequence, new() { Body = "late" }),
            () => ben.Hub.SetReactions(id, first.Sequence, ["👍"]), () => ann.Hub.SetPinned(id, first.Sequence),
            () => ann.Hub.AddParticipants(id, [Cem]), () => ben.Hub.Typing(id),
        ])
            await RefusedAsync(ChatErrorCode.ReadOnly, archived, act);
        await ben.Hub.DeleteMessage(id, first.Sequence);
        await ann.Hub.DeleteMessage(id, second.Sequence);
        await ann.Hub.ChangeConversation(id, new() { Title = "Old" });
        Assert.Equal(7, (await ben.Hub.History(id)).Head); // it can be read

        await ann.Hub.ChangeConversation(id, new() { IsArchived = false });
        await ben.Hub.Send(id, "goes on");
        Assert.False((await ben.Hub.Conversations()).Single(one => one.Id == id).IsArchived);
        await ann.Hub.ChangeConversation(id, new() { IsArchived = true });
        await ben.Hub.RemoveParticipant(id, Ben); // leaves
    }

    // CH-195
    [Fact]
    public async Task Title_and_settings_change_with_an_entry_that_has_only_what_changed()
    {
        var (ann, ben, id) = await GroupAsync();
        await ben.Hub.Join(id);
        await ann.Hub.ChangeConversation(id, new() { Title = "  Team " });
        await ann.Hub.ChangeConversation(id, new() { Title = "Team", SlowModeSeconds = 0 }); // nothing new
        await ann.Hub.ChangeConversation(id, new() { Title = "", SlowModeSeconds = 5 });

        var (first, second) = (Assert.IsType<ConversationChangedEntry>(await ben.Pushes.NextAsync()),
            Assert.IsType<ConversationChangedEntry>(await ben.Pushes.NextAsync()));
        Assert.Equal((2, "Team", null), (first.Sequence, first.Title, first.SlowModeSeconds));
        Assert.Equal((3, "", 5), (second.Sequence, second.Title, second.SlowModeSeconds));
        Assert.Null((await ben.Hub.Conversations()).Single(one => one.Id == id).Title);
        await RefusedAsync(ChatErrorCode.BadRequest,
            "give a new title, topic, avatarUrl, isArchived or slowModeSeconds",
            () => ann.Hub.ChangeConversation(id, new()));
        await RefusedAsync(ChatErrorCode.BadRequest, "slowModeSeconds must be a whole number from 0 to 86400",
            () => ann.Hub.ChangeConversation(id, new() { SlowModeSeconds = 86_401 }));
    }

    // CH-196
    [Fact]
    public async Task A_banned_user_sees_the_removal_last_and_is_told_why()
    {
        var (ann, ben, id) = await GroupAsync();
        await ben.Hub.Join(id);
        await ann.Hub.SetRole(id, Give(Ben, ParticipantRole.Blocked) with { Reason = " rude " });

        Assert.Equal(Ben, Assert.IsType<ParticipantRemovedEntry>(await ben.Pushes.NextAsync()).ParticipantId);
        Assert.Equal(id, Assert.IsType<ConversationId>(await ben.Pushes.NextAsync()));
        const string banned = "you are banned from this conversation: rude";
        await RefusedAsync(ChatErrorCode.Banned, banned, () => ben.Hub.Join(id));
        await RefusedAsync(ChatErrorCode.Banned, banned, () => ben.Hub.Send(id, "hi"));
        await RefusedAsync(ChatErrorCode.Banned, banned, () => ben.Hub.Participants(id));
        Assert.Equal("ann Owner", Roles(await ann.Hub.Participants(id)));
        var listed = Assert.Single(
            (await ann.Hub.Participants(id, new() { Role = ParticipantRole.Blocked })).Participants);
        Assert.Equal((Ben, "rude", null), (listed.UserId, listed.Reason, listed.Until));
        await ann.Hub.AddParticipants(id, [Ben]);
        Assert.Equal(4, (await ben.Hub.Send(id, "back")).Sequence);
    }

    // CH-197
    [Fact]
    public async Task A_muted_user_reads_and_is_told_why_writing_is_refused()
    {
        var (ann, ben, id) = await GroupAsync();
        await ben.Hub.Join(id);
        await ann.Hub.SetRole(id, Give(Ben, ParticipantRole.Readonly) with { Reason = "loud" });

        Assert.Equal(ParticipantRole.Readonly,
            Assert.IsType<RoleChangedEntry>(await ben.Pushes.NextAsync()).Role);
        const string muted = "you may only read this conversation: loud";
        await RefusedAsync(ChatErrorCode.ReadOnly, muted, () => ben.Hub.Send(id, "hi"));
        await RefusedAsync(ChatErrorCode.ReadOnly, muted, () => ben.Hub.Typing(id));
        await RefusedAsync(ChatErrorCode.Forbidden, "you may not add participants to this conversation",
            () => ben.Hub.AddParticipants(id, [Cem]));
        await ann.Hub.Send(id, "news");
        Assert.Equal("news", Assert.IsType<MessageEntry>(await ben.Pushes.NextAsync()).Body);
        await ann.Hub.SetRole(id, Give(Ben, ParticipantRole.Member));
        Assert.Equal(5, (await ben.Hub.Send(id, "thanks")).Sequence);
        await ann.Hub.SetRole(id, Give(Ben, ParticipantRole.Readonly) with { Seconds = 3_600 });
        var listed = (await ben.Hub.Participants(id)).Participants[1];
        Assert.Equal((ParticipantRole.Readonly, true), (listed.Role, listed.Until is not null));
        await ben.Hub.RemoveParticipant(id, Ben); // who is muted may leave
    }

    // CH-198
    [Fact]
    public async Task In_slow_mode_a_member_waits_between_two_messages_and_an_owner_does_not()
    {
        var (ann, ben, id) = await GroupAsync();
        await ann.Hub.ChangeConversation(id, new() { SlowModeSeconds = 3_600 });
        await ann.Hub.Send(id, "one");
        await ann.Hub.Send(id, "two");
        await ben.Hub.Send(id, "mine", new SendOptions { DedupeKey = "k" });

        var refused = (await Assert.ThrowsAsync<ChatRefusedException>(() => ben.Hub.Send(id, "more"))).Error;
        Assert.Equal(ChatErrorCode.RateLimited, refused.Code);
        Assert.StartsWith("slow mode: one message per 3600 s; retry in ", refused.Message, StringComparison.Ordinal);
        Assert.InRange(refused.RetryAfter!.Value.TotalSeconds, 3_500, 3_600);
        // What is stored already is answered, however soon it comes again.
        Assert.True((await ben.Hub.Send(id, "mine", new SendOptions { DedupeKey = "k" })).Duplicate);
        await ann.Hub.ChangeConversation(id, new() { SlowModeSeconds = 0 });
        Assert.Equal(7, (await ben.Hub.Send(id, "at last")).Sequence);
    }

    private static SetRole Give(UserId user, ParticipantRole role) => new() { UserId = user, Role = role };

    private static string Roles(ParticipantsPage page) =>
        string.Join(", ", page.Participants.Select(one => $"{one.UserId} {one.Role}"));
}
