using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Pushes;

/// <summary>Who is reached.</summary>
public abstract partial class PushSpec
{
    [SpecFact]
    public async Task All_are_reached_on_every_instance()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectThereAsync();
        await Here.SendAllAsync("Hello", ["all"]);
        await ann.HearsAsync("all");
        await bob.HearsAsync("all");
    }

    [SpecFact]
    public async Task All_but_some_are_reached()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectThereAsync();
        await using var cleo = await ConnectThereAsync();
        await Here.SendAllExceptAsync("Hello", ["most"], [bob.Id]);
        await ann.HearsAsync("most");
        await cleo.HearsAsync("most");
        await HeardNothingElseAsync(bob);
    }

    [SpecFact]
    public async Task One_that_has_disconnected_is_reached_no_more_and_the_others_are()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectThereAsync();
        await bob.DisconnectAsync();
        await There.SendAllAsync("Hello", ["rest"]);
        await ann.HearsAsync("rest");
        Assert.True(bob.Heard.IsEmpty);
    }

    [SpecFact]
    public async Task A_connection_is_reached_from_its_own_instance()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectHereAsync();
        await Here.SendConnectionAsync(ann.Id, "Hello", ["you"]);
        await ann.HearsAsync("you");
        await HeardNothingElseAsync(ann, bob);
    }

    [SpecFact]
    public async Task A_connection_is_reached_from_the_other_instance()
    {
        await using var bob = await ConnectThereAsync();
        await Here.SendConnectionAsync(bob.Id, "Hello", ["you"]);
        await bob.HearsAsync("you");
        await HeardNothingElseAsync(bob);
    }

    [SpecFact]
    public async Task Several_connections_are_reached_wherever_they_are()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectThereAsync();
        await using var cleo = await ConnectThereAsync();
        await Here.SendConnectionsAsync([ann.Id, bob.Id], "Hello", ["both"]);
        await ann.HearsAsync("both");
        await bob.HearsAsync("both");
        await HeardNothingElseAsync(cleo);
    }

    [SpecFact]
    public async Task A_connection_that_does_not_exist_is_no_failure()
    {
        await Here.SendConnectionAsync("nobody", "Hello", ["x"]);
        await Here.SendConnectionsAsync(["nobody", "none"], "Hello", ["x"]);
    }

    [SpecFact]
    public async Task A_user_is_reached_on_all_connections_and_nobody_else_is()
    {
        await using var phone = await ConnectHereAsync();
        await using var laptop = await ConnectThereAsync(phone.Name);
        await using var bob = await ConnectThereAsync();
        await Here.SendUserAsync(phone.User, "Hello", ["ann"]);
        await phone.HearsAsync("ann");
        await laptop.HearsAsync("ann");
        await HeardNothingElseAsync(bob);
    }

    [SpecFact]
    public async Task A_user_is_still_reached_after_one_of_several_connections_went()
    {
        await using var phone = await ConnectHereAsync();
        await using var laptop = await ConnectHereAsync(phone.Name);
        await Here.SendUserAsync(phone.User, "Hello", ["1"]);
        await phone.HearsAsync("1");
        await laptop.HearsAsync("1");
        await phone.DisconnectAsync();
        await There.SendUserAsync(laptop.User, "Hello", ["2"]);
        await laptop.HearsAsync("2");
    }

    [SpecFact]
    public async Task A_user_who_went_and_came_back_is_reached()
    {
        await using var before = await ConnectHereAsync();
        await before.DisconnectAsync();
        await using var after = await ConnectThereAsync(before.Name);
        await Here.SendUserAsync(after.User, "Hello", ["again"]);
        await after.HearsAsync("again");
    }

    [SpecFact]
    public async Task Several_users_are_reached_and_one_who_is_not_there_is_no_failure()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectThereAsync();
        await Here.SendUsersAsync([ann.User, bob.User, "nobody", ""], "Hello", ["users"]);
        await ann.HearsAsync("users");
        await bob.HearsAsync("users");
        await HeardNothingElseAsync(ann, bob);
    }
}
