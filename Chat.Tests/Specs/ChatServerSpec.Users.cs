using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs;

/// <content>The names of users.</content>
public abstract partial class ChatServerSpec
{
    /// <summary>As a back end does.</summary>
    internal abstract Task SetNameAsync(UserId user, string? name);

    // CH-150, CH-151
    [Fact]
    public async Task The_names_of_those_who_share_a_conversation_are_shown_and_of_nobody_else()
    {
        var (ann, _, _) = await GroupAsync();
        Assert.Equal([new UserProfile(Ben, null), new UserProfile(Ann, null)],
            await ann.Hub.Users([Ben, Cem, UserId.Parse("nobody"), Ann]));

        await SetNameAsync(Ben, " Zoe\u0308 ");
        await SetNameAsync(Cem, "Zoë");
        Assert.Equal([new UserProfile(Ben, "Zoë")], await ann.Hub.Users([Cem, Ben, Ben]));

        await RefusedAsync(ChatErrorCode.BadRequest, "userIds must include at least one user id",
            () => ann.Hub.Users([]));
        await RefusedAsync(ChatErrorCode.BadRequest, "userIds must include at most 100 user ids",
            () => ann.Hub.Users([.. Enumerable.Range(0, 101).Select(i => UserId.Parse($"u{i}"))]));
    }

    // CH-152
    [Fact]
    public async Task A_client_that_has_asked_for_names_hears_which_of_them_changed()
    {
        var (ann, ben, _) = await GroupAsync();
        var cem = await ConnectAsync(Cem);
        foreach (var guest in new[] { ann, cem }) await guest.Hub.Users([Ben]);

        await SetNameAsync(Cem, "Cem"); // who shares with nobody
        Assert.Equal(new UserProfile(Cem, "Cem"), await cem.Pushes.Users.NextAsync());
        await SetNameAsync(Ben, "Ben");
        Assert.Equal(new UserProfile(Ben, "Ben"), await ann.Pushes.Users.NextAsync());
        await SetNameAsync(Ben, "Ben");
        await SetNameAsync(Ben, null);
        Assert.Equal(new UserProfile(Ben, null), await ann.Pushes.Users.NextAsync());

        Assert.True(cem.Pushes.Users.IsEmpty);
        Assert.True(ben.Pushes.Users.IsEmpty); // did not ask
    }

    // CH-151
    [Theory]
    [InlineData("a\u202eb",
        "name must not contain invisible characters, or characters that change the direction of text")]
    [InlineData("a\0b", "name must not contain NUL characters")]
    [InlineData(null, "name must have at most 255 characters")]
    public async Task A_name_that_cannot_be_one_is_refused(string? name, string text)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => SetNameAsync(Ann, name ?? new string('x', 256)));
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }
}
