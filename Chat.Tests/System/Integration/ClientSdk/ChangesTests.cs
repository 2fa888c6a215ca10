using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.ClientSdk.Views;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.ClientSdk;

/// <summary>Edits and deletions of the SDK's outbox, with a real server.</summary>
public sealed class ChangesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Changes_and_messages_are_stored_once_in_the_order_of_the_calls_over_cuts(int seed)
    {
        const int calls = 150;
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var proxy = new FaultProxy(server.Url);
        await using var ann = await Live.ConnectAsync(proxy.Address, "ann");
        var group = await ann.CreateGroupAsync("ben");
        await using var view = await ann.OpenViewAsync(group);
        var first = (await ann.SendAsync(group, "first").WaitAsync(Bounds.Run)).Sequence;
        var random = new Random(seed);
        var expected = new List<string> { "first" };
        var waiting = new List<(PendingMessage Message, string Body)>();
        for (var i = 0; i < calls; i++)
        {
            switch (random.Next(6))
            {
                case 0:
                    ann.EnqueueEdit(group, first, new EditMessage { Body = $"first {i}" });
                    expected.Add($"edit of first: first {i}");
                    break;
                case 1 when waiting.Count > 0:
                    var edited = waiting[random.Next(waiting.Count)];
                    ann.EnqueueEdit(edited.Message, new EditMessage { Body = $"{edited.Body} {i}" });
                    expected.Add($"edit of {edited.Body}: {edited.Body} {i}");
                    break;
                case 2 when waiting.Count > 0:
                    var gone = waiting[random.Next(waiting.Count)];
                    waiting.Remove(gone);
                    ann.EnqueueDelete(gone.Message);
                    expected.Add($"deletion of {gone.Body}");
                    break;
                default:
                    waiting.Add((ann.Enqueue(group, $"m{i}"), $"m{i}"));
                    expected.Add($"m{i}");
                    break;
            }
            if (i % 30 == 15) proxy.CutAfter(random.Next(2_000));
        }
        await ann.FlushAsync().WaitAsync(Bounds.Run);
        Assert.Empty(ann.Pending.All());

        var log = await ann.LogAsync(group);
        var said = expected.Where(one => !one.Contains(' ', StringComparison.Ordinal)).ToList();
        var messages = log.OfType<MessageEntry>().Select((message, i) => (message.Sequence, said[i])).ToDictionary();
        Assert.Equal(expected, log.Skip(1).Select(entry => entry switch
        {
            // Where it is deleted by now its text is in no entry.
            MessageEntry message => messages[message.Sequence],
            MessageEditedEntry { Erased: false } edit => $"edit of {messages[edit.TargetSequence]}: {edit.Body}",
            MessageEditedEntry edit => expected[(int)edit.Sequence - 2].Split(": ")[0] == $"edit of {messages[
                edit.TargetSequence]}" ? expected[(int)edit.Sequence - 2] : $"another edit at {edit.Sequence}",
            MessageDeletedEntry deletion => $"deletion of {messages[deletion.TargetSequence]}",
            _ => $"{entry.Kind}",
        }));
        await view.UntilAsync(state => state.Conversation.Last == log.Count && state.PendingChanges.Count == 0);
        Assert.Equal(view.State.Conversation.Messages, view.State.Messages);
        Assert.All(waiting, one => Assert.Contains(
            view.State.Messages, message => message.Body?.StartsWith(one.Body, StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task Two_devices_of_a_user_end_alike_and_a_change_that_lost_is_shown_as_lost()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var proxy = new FaultProxy(server.Url);
        await using var phone = await Live.ConnectAsync(proxy.Address, "ann");
        await using var desk = await Live.ConnectAsync(server.Url, "ann");
        var group = await desk.CreateGroupAsync("ben");
        var one = (await desk.SendAsync(group, "one")).Sequence;
        var two = (await desk.SendAsync(group, "two")).Sequence;
        await using var phones = await phone.OpenViewAsync(group);
        await using var desks = await desk.OpenViewAsync(group);
        await desk.SetReactionsAsync(group, one, ["👍"]).WaitAsync(Bounds.Run);
        foreach (var view in new[] { phones, desks })
            await view.UntilAsync(state => OwnAre(state, one, "👍") && state.Messages[0].Reactions is [{ Count: 1 }]);
        proxy.Refuse();
        proxy.Cut();
        phone.EnqueueReactions(group, one, ["👍"]);
        phone.EnqueueReactions(group, one, ["🎉"]);
        Assert.Equal(["🎉"], phones.State.Messages[0].Reactions.Select(reaction => reaction.Key));

        var late = phone.EnqueueEdit(group, one, new EditMessage { Body = "by the phone", IfVersion = one });
        var gone = phone.EnqueueEdit(group, two, new EditMessage { Body = "secret" });
        Assert.Equal(["by the phone", "secret"], phones.State.Messages.Select(message => message.Body));
        var edit = await desk.EditMessageAsync(group, one, new EditMessage { Body = "by the desk" });
        await desk.DeleteMessageAsync(group, two);
        proxy.Accept();

        var conflict = await Assert.ThrowsAsync<ChatConflictException>(() => late.Receipt.WaitAsync(Bounds.Run));
        Assert.Equal(edit.Sequence, conflict.Version);
        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => gone.Receipt.WaitAsync(Bounds.Run));
        Assert.Equal(ChatErrorCode.Gone, refused.Code);
        foreach (var view in new[] { phones, desks })
            await view.UntilAsync(state => state.Messages.Select(message => message.Body)
                .SequenceEqual(["by the desk", null]));

        foreach (var view in new[] { phones, desks })
            await view.UntilAsync(state => OwnAre(state, one, "🎉")
                && state.Messages[0].Reactions is [{ Key: "🎉", Count: 1 }]);
        Assert.DoesNotContain(phone.Pending.All(), change => change.Change is MessageReactions);

        var wanted = Assert.IsType<MessageEdit>(late.Change).Command;
        Assert.True(late.Discard());
        var again = phone.EnqueueEdit(group, one, wanted with { IfVersion = conflict.Version, DedupeKey = null });
        await again.Receipt.WaitAsync(Bounds.Run);
        foreach (var view in new[] { phones, desks })
            await view.UntilAsync(state => state.Messages[0].Body == "by the phone"
                && state.Messages[0].PendingChanges.Count == 0);
    }

    private static bool OwnAre(ViewState state, long message, string key) =>
        state.OwnReactions.TryGetValue(message, out var keys) && keys.SequenceEqual([key]);
}
