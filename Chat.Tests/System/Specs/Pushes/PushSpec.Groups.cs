using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Pushes;

/// <summary>Groups are shared by all instances.</summary>
public abstract partial class PushSpec
{
    [SpecFact]
    public async Task A_group_has_its_members_and_nobody_else()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectHereAsync();
        await Here.AddToGroupAsync(ann.Id, _group);
        await Here.SendGroupAsync(_group, "Hello", ["group"]);
        await ann.HearsAsync("group");
        await HeardNothingElseAsync(bob);
    }

    [SpecFact]
    public async Task A_group_is_reached_from_the_other_instance()
    {
        await using var bob = await ConnectThereAsync();
        await There.AddToGroupAsync(bob.Id, _group);
        await Here.SendGroupAsync(_group, "Hello", ["group"]);
        await bob.HearsAsync("group");
    }

    [SpecFact]
    public async Task Some_of_a_group_may_be_left_out()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectThereAsync();
        await Here.AddToGroupAsync(ann.Id, _group);
        await There.AddToGroupAsync(bob.Id, _group);
        await Here.SendGroupExceptAsync(_group, "Hello", ["but bob"], [bob.Id]);
        await ann.HearsAsync("but bob");
        await HeardNothingElseAsync(bob);
    }

    [SpecFact]
    public async Task Several_groups_are_reached()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectThereAsync();
        await Here.AddToGroupAsync(ann.Id, _group);
        await There.AddToGroupAsync(bob.Id, _group + "2");
        await Here.SendGroupsAsync([_group, _group + "2", "empty"], "Hello", ["groups"]);
        await ann.HearsAsync("groups");
        await bob.HearsAsync("groups");
    }

    [SpecFact]
    public async Task A_group_without_members_is_no_failure() => await Here.SendGroupAsync(_group, "Hello", ["x"]);

    [SpecFact]
    public async Task A_connection_that_ends_leaves_its_groups()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectHereAsync();
        await Here.AddToGroupAsync(ann.Id, _group);
        await Here.AddToGroupAsync(bob.Id, _group);
        await ann.DisconnectAsync();
        await Here.SendGroupAsync(_group, "Hello", ["rest"]);
        await bob.HearsAsync("rest");
        Assert.True(ann.Heard.IsEmpty);
    }

    [SpecFact]
    public async Task Leaving_a_group_that_one_is_not_in_is_no_failure()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectThereAsync();
        await Here.RemoveFromGroupAsync(ann.Id, _group);
        await Here.RemoveFromGroupAsync(bob.Id, _group);
    }

    [SpecFact]
    public async Task A_connection_is_added_from_the_other_instance()
    {
        await using var bob = await ConnectThereAsync();
        await Here.AddToGroupAsync(bob.Id, _group);
        await Here.SendGroupAsync(_group, "Hello", ["added"]);
        await bob.HearsAsync("added");
    }

    [SpecFact]
    public async Task Adding_twice_is_adding_once_from_either_instance()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectThereAsync();
        await Here.AddToGroupAsync(ann.Id, _group);
        await Here.AddToGroupAsync(ann.Id, _group);
        await There.AddToGroupAsync(bob.Id, _group);
        await Here.AddToGroupAsync(bob.Id, _group);
        await Here.SendGroupAsync(_group, "Hello", ["once"]);
        await ann.HearsAsync("once");
        await bob.HearsAsync("once");
        await HeardNothingElseAsync(ann, bob);
    }

    [SpecFact]
    public async Task A_connection_is_taken_out_from_the_other_instance()
    {
        await using var bob = await ConnectThereAsync();
        await There.AddToGroupAsync(bob.Id, _group);
        await Here.SendGroupAsync(_group, "Hello", ["in"]);
        await bob.HearsAsync("in");
        await Here.RemoveFromGroupAsync(bob.Id, _group);
        await Here.SendGroupAsync(_group, "Hello", ["out"]);
        await HeardNothingElseAsync(bob);
    }

    [SpecFact]
    public async Task A_member_that_goes_without_a_word_keeps_no_other_from_hearing()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectHereAsync();
        await Here.AddToGroupAsync(ann.Id, _group);
        await Here.AddToGroupAsync(bob.Id, _group);
        Find(site.Here, ann.Id).Abort();
        await There.SendGroupAsync(_group, "Hello", ["1"]);
        await bob.HearsAsync("1");
        await There.SendGroupAsync(_group, "Hello", ["2"]);
        await bob.HearsAsync("2");
    }
}
