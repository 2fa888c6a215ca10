using Chat.Server;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Observing;

namespace Chat.Tests.Specs;

/// <content>Moving an observer back.</content>
public abstract partial class ObserverSpec
{
    // CH-284
    [SpecFact]
    public async Task Whoever_is_moved_back_shows_everything_again_and_goes_on()
    {
        var seen = new SeenEntries();
        var conversation = await CreateConversationAsync();
        var instance = await StartAsync(seen);
        await CommitAsync(Drafts.Message(conversation), Drafts.Message(conversation));
        await seen.HasAsync(all => all.Count == 3);
        seen.Forget();

        await instance.Rewinds.RewindAsync("spec", ChatStart.Beginning);

        await seen.HasAsync(all => all.Count == 3);
        await CommitAsync(Drafts.Message(conversation));
        await seen.HasAsync(all => all.Count == 4);
        seen.Check();
        Assert.False(await instance.Rewinds.RewindAsync("nobody", ChatStart.Now));
    }

    // CH-284
    [SpecFact]
    public async Task Whoever_is_moved_back_to_a_time_shows_what_was_stored_since()
    {
        var seen = new SeenEntries { MayHaveHoles = true };
        var (old, young) = (await CreateConversationAsync(), await CreateConversationAsync());
        await CommitAsync(Drafts.Message(old), Drafts.Message(young));
        var instance = await StartAsync(seen);
        await seen.HasAsync(all => all.Count == 4);
        await Database.ExecuteAsync($"update messages set created_at = {TimeLiteral(Drafts.Noon.AddDays(-2))}");
        // The youngest of all has a small number: an import does that.
        await Database.ExecuteAsync($"update messages set created_at = {TimeLiteral(Drafts.Noon)} "
            + $"where conversation_id = {Literal(young)} and sequence = 1");
        seen.Forget();

        await instance.Rewinds.RewindAsync("spec", ChatStart.From(Drafts.Noon.AddDays(-1)));

        await seen.HasAsync(all => all.At(young) == 2);
        Assert.Contains(seen.All, entry => entry.ConversationId == young && entry.Sequence == 1);
    }

    // CH-284
    [SpecFact]
    public async Task One_conversation_is_moved_back_and_the_others_are_not()
    {
        var seen = new SeenEntries();
        var (one, other) = (await CreateConversationAsync(), await CreateConversationAsync());
        await CommitAsync(Drafts.Message(one), Drafts.Message(other), Drafts.Message(one));
        var instance = await StartAsync(seen);
        await seen.HasAsync(all => all.Count == 5);
        await Eventually.HoldsAsync(async () => await MarkAsync() >= 5);
        seen.Forget();

        await instance.Rewinds.RewindAsync("spec", ChatStart.Beginning, one);

        await seen.HasAsync(all => all.At(one) == 3);
        await CommitAsync(Drafts.Message(one));
        await seen.HasAsync(all => all.At(one) == 4);
        seen.Check();
        Assert.Equal(0, seen.At(other));
        await Eventually.HoldsAsync(async () => (await ParkedAsync()).Count == 0);
    }

    // CH-284
    [SpecFact]
    public async Task Whoever_is_moved_is_told_that_it_runs_no_longer()
    {
        var seen = new SeenEntries();
        await CreateConversationAsync();
        var began = new TaskCompletionSource();
        seen.OnCall = async (_, ct) =>
        {
            if (began.TrySetResult()) await new TaskCompletionSource().Task.WaitAsync(ct);
        };
        var instance = await StartAsync(seen);
        await began.Task.WaitAsync(Bounds.Wait);

        await instance.Rewinds.RewindAsync("spec", ChatStart.Beginning);

        await seen.HasAsync(all => all.Count == 1); // the first call ended, and nothing of it counted
        Assert.Equal(0, seen.Repeats);
    }
}
