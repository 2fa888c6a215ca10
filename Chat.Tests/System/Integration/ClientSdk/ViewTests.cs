using Chat.ClientSdk;
using Chat.ClientSdk.Views;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.ClientSdk;

/// <summary>What screens of several people show, with a real server between them.</summary>
public sealed class ViewTests
{
    private static readonly UserId Ann = UserId.Parse("ann");
    private static readonly UserId Ben = UserId.Parse("ben");
    private static readonly UserId Cem = UserId.Parse("cem");

    [Fact]
    public async Task People_see_each_other_come_type_send_read_and_go()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, ("Chat:Presence:LingerSeconds", "0"));
        await using var ann = await Live.ConnectAsync(server.Url, "ann");
        await using var desk = await Live.ConnectAsync(server.Url, "ann");
        await using var ben = await Live.ConnectAsync(server.Url, "ben");
        var group = await ann.CreateGroupAsync("ben", "cem");
        await using var annsView = await ann.OpenViewAsync(group);
        await using var desksView = await desk.OpenViewAsync(group);
        await using var bensView = await ben.OpenViewAsync(group);

        await bensView.UntilAsync(
            state => state is { OnlineCount: 2, OwnReadPosition: 1 } && state.ReadPositions.ContainsKey(Ann));
        await annsView.UntilAsync(state => state is { OnlineCount: 2, OwnReadPosition: 1 });
        await desksView.UntilAsync(state => state is { OnlineCount: 2, OwnReadPosition: 1 });
        Assert.Equal([Ann, Ben, Cem], annsView.State.Members);

        await using (await Live.ConnectAsync(server.Url, "cem"))
            await annsView.UntilAsync(state => state.OnlineCount == 3 && state.Presence[Cem].Online);
        await annsView.UntilAsync(
            state => state.OnlineCount == 2 && state.Presence[Cem] is { Online: false, LastSeenAt: not null });

        await ben.TypingAsync(group);
        await annsView.UntilAsync(state => state.Typing.SequenceEqual([Ben]));
        await ben.TypingAsync(group, isTyping: false);
        await annsView.UntilAsync(state => state.Typing.Count == 0);
        await ben.TypingAsync(group);
        await annsView.UntilAsync(state => state.Typing.Count == 1);
        Assert.Empty(bensView.State.Typing);

        await ben.SendAsync(group, "hello");
        foreach (var view in new[] { annsView, desksView })
            await view.UntilAsync(state => state is { Messages.Count: 1, UnreadCount: 1, Typing.Count: 0 });
        await bensView.UntilAsync(state => state is { Messages.Count: 1, UnreadCount: 0 });
        await annsView.MarkReadAsync().WaitAsync(Bounds.Run);
        await desksView.UntilAsync(state => state is { OwnReadPosition: 2, UnreadCount: 0 });
        await bensView.UntilAsync(state => state.ReadPositions[Ann] == 2);
    }

    [Fact]
    public async Task Missed_signals_are_made_up_for_after_a_cut()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, ("Chat:Presence:LingerSeconds", "0"));
        await using var proxy = new FaultProxy(server.Url);
        await using var ann = await Live.ConnectAsync(proxy.Address, "ann");
        var group = await ann.CreateGroupAsync("ben", "cem");
        await using var view = await ann.OpenViewAsync(group);
        await view.UntilAsync(state => state is { OnlineCount: 1, OwnReadPosition: 1 });
        await using var ben = await Live.ConnectAsync(server.Url, "ben");
        await view.UntilAsync(state => state.OnlineCount == 2);
        await ben.TypingAsync(group);
        await view.UntilAsync(state => state.Typing.Count == 1);

        proxy.Refuse();
        proxy.Cut();
        await using var cem = await Live.ConnectAsync(server.Url, "cem");
        await ben.SendAsync(group, "while ann was away");
        await ben.MarkReadAsync(group, 2);
        await ben.DisposeAsync();
        proxy.Accept();

        await view.UntilAsync(state => state is { OnlineCount: 2, UnreadCount: 1, Typing.Count: 0 }
            && state.Presence[Cem].Online && !state.Presence[Ben].Online
            && state.ReadPositions.GetValueOrDefault(Ben) == 2);
    }

    [Fact]
    public async Task An_own_message_is_always_shown_once_in_its_place()
    {
        const int messages = 300;
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var proxy = new FaultProxy(server.Url);
        await using var ann = await Live.ConnectAsync(proxy.Address, "ann");
        var group = await ann.CreateGroupAsync("ben");
        await using var view = await ann.OpenViewAsync(group);
        var given = 0;
        var wrong = new System.Collections.Concurrent.ConcurrentQueue<string>();
        view.Changed += (_, _) => Look();
        ann.Pending.Changed += _ => Look();
        var random = new Random(4);
        for (var i = 0; i < messages; i++)
        {
            ann.Enqueue(group, $"m{i}");
            Volatile.Write(ref given, i + 1);
            Look();
            if (i % 50 == 25) proxy.CutAfter(random.Next(2_000));
            if (i % 20 == 0) await ann.FlushAsync().WaitAsync(Bounds.Run);
        }
        await ann.FlushAsync().WaitAsync(Bounds.Run);
        await view.UntilAsync(state => state.Messages.Count == messages);

        Assert.Empty(wrong);
        Assert.Empty(view.State.Pending);
        Assert.Equal(Enumerable.Range(0, messages).Select(i => $"m{i}"), (await ann.LogAsync(group)).Bodies("ann"));

        void Look()
        {
            var least = Volatile.Read(ref given);
            var state = view.State;
            List<string?> shown = [.. state.Messages.Select(message => message.Body),
                .. state.Pending.Select(message => message.Body)];
            if (shown.Count < least || !shown.SequenceEqual(Enumerable.Range(0, shown.Count).Select(i => $"m{i}")))
                wrong.Enqueue(
                    $"{state.Messages.Count} stored and "
                        + $"[{string.Join(' ', state.Pending.Select(message => message.Body))}] of {least}");
        }
    }
}
