using Chat.Contracts.Identifiers;
using Chat.Server.Observability;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Transports;

/// <summary>What every transport promises in the lobby, on every database. <see cref="ConversationSpec"/> adds what
/// those with conversations promise.</summary>
public abstract class TransportSpec(ServerFixture fixture) : IAsyncLifetime
{
    private readonly List<ITestClient> _clients = [];

    internal abstract ChatTransport Transport { get; }

    internal abstract DatabaseKind Kind { get; }

    internal TestServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await fixture.StartAsync(Kind);

    public async Task DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        var errors = Server.TakeErrors();
        Assert.True(errors.Length == 0, errors);
    }

    [SpecFact]
    public async Task A_message_reaches_all_kinds_of_clients_at_once_and_its_sender_too()
    {
        var mine = await ConnectAsync();
        var others = new List<ITestClient>();
        foreach (var transport in Enum.GetValues<ChatTransport>()) others.Add(await ConnectAsync(transport));
        foreach (var client in others.Append(mine)) await client.JoinAsync(ConversationId.Lobby);
        var body = Unique("to all");
        await mine.SendAsync(ConversationId.Lobby, body);
        foreach (var client in others.Append(mine))
            Assert.Equal(mine.User, (await UntilBodyAsync(client, body)).Sender);
    }

    // CH-1, CH-3
    [SpecFact]
    public async Task Everyone_sees_what_many_send_at_once_in_one_order()
    {
        var watchers = new[] { await ConnectAsync(), await ConnectAsync(ChatTransport.WebSocket),
            await ConnectAsync(ChatTransport.SignalR), await ConnectAsync(ChatTransport.LongPoll) };
        foreach (var watcher in watchers) await watcher.JoinAsync(ConversationId.Lobby);
        var prefix = Unique("order");
        var senders = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(i => ConnectAsync(i % 2 == 0 ? Transport : ChatTransport.WebSocket)));
        foreach (var sender in senders) await sender.JoinAsync(ConversationId.Lobby);
        await Task.WhenAll(senders.Select(async (sender, s) =>
        {
            for (var i = 0; i < 10; i++) await sender.SendAsync(ConversationId.Lobby, $"{prefix} {s} {i}");
        }));
        var first = await TakeAsync(watchers[0], prefix, 40);
        for (var s = 0; s < 4; s++) // each sender's own order is kept
            Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{prefix} {s} {i}"),
                first.Where(body => body.StartsWith($"{prefix} {s} ", StringComparison.Ordinal)));
        foreach (var watcher in watchers[1..]) Assert.Equal(first, await TakeAsync(watcher, prefix, 40));
    }

    // CH-3, CH-4
    [SpecFact]
    public async Task A_client_that_is_cut_resumes_without_a_hole_or_a_repeat_while_others_keep_sending()
    {
        var random = new Random(7);
        var sender = await ConnectAsync(ChatTransport.WebSocket);
        await sender.JoinAsync(ConversationId.Lobby);
        var prefix = Unique("resume");
        var mine = await ConnectAsync();
        await mine.JoinAsync(ConversationId.Lobby);
        const int total = 150;
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < total; i++) await sender.SendAsync(ConversationId.Lobby, $"{prefix} {i}");
        });
        var seen = new List<string>();
        long? last = null;
        var cutAt = random.Next(1, 20);
        while (seen.Count < total)
        {
            var next = await mine.NextAsync();
            if (last is { } before) Assert.True(next.Position > before, $"{next} after {before}");
            last = next.Position;
            if (next.Body!.StartsWith(prefix, StringComparison.Ordinal)) seen.Add(next.Body);
            if (seen.Count < cutAt) continue;
            cutAt = seen.Count + random.Next(1, 40);
            await mine.CutAsync();
            mine = await ConnectAsync(user: mine.User);
            await mine.JoinAsync(ConversationId.Lobby, after: last);
        }
        await sending;
        Assert.Equal(Enumerable.Range(0, total).Select(i => $"{prefix} {i}"), seen);
    }

    // CH-30
    [SpecFact]
    public async Task After_leaving_nothing_can_be_sent_or_seen_until_joining_again()
    {
        var mine = await ConnectAsync();
        await mine.JoinAsync(ConversationId.Lobby);
        await mine.LeaveAsync(ConversationId.Lobby);
        await mine.LeaveAsync(ConversationId.Lobby); // again: the same answer
        var other = await ConnectAsync(ChatTransport.WebSocket);
        await other.JoinAsync(ConversationId.Lobby);
        await other.SendAsync(ConversationId.Lobby, Unique("unseen"));
        await mine.JoinAsync(ConversationId.Lobby);
        var body = Unique("seen");
        await other.SendAsync(ConversationId.Lobby, body);
        Seen next;
        do next = await mine.NextAsync();
        while (next.Sender == mine.User);
        Assert.Equal(body, next.Body);
    }

    [SpecFact]
    public async Task A_message_that_cannot_be_taken_is_refused_by_name_and_the_connection_stays_usable()
    {
        var mine = await ConnectAsync();
        await mine.JoinAsync(ConversationId.Lobby);
        foreach (var bad in new[] { "", "  \n ", "with \0 NUL", new string('x', 70_000) })
        {
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => mine.SendAsync(ConversationId.Lobby, bad));
            Assert.Equal("bad_request", refusal.Code);
            Assert.Matches("body|message", refusal.Text);
        }
        var body = Unique("still here");
        await mine.SendAsync(ConversationId.Lobby, $"  {body}\n");
        Assert.Equal(body, (await UntilBodyAsync(mine, body)).Body); // trimmed
    }

    internal static string Unique(string what) => $"{what} {Guid.NewGuid():N}";

    internal Task<ITestClient> ConnectAsync() => ConnectAsync(Transport);

    internal Task<ITestClient> ConnectAsync(string user) => ConnectAsync(Transport, user);

    internal async Task<ITestClient> ConnectAsync(ChatTransport transport, string? user = null)
    {
        user ??= Unique("user");
        var client = await (transport == Transport ? OpenAsync(user) : OpenAsync(transport, user));
        lock (_clients) _clients.Add(client);
        return client;
    }

    /// <summary>The client that the specification is run for.</summary>
    internal virtual Task<ITestClient> OpenAsync(string user) => OpenAsync(Transport, user);

    private Task<ITestClient> OpenAsync(ChatTransport transport, string user) => transport switch
    {
        ChatTransport.SignalR => HubTestClient.ConnectAsync(Server, user),
        ChatTransport.WebSocket => RawTestClient.ConnectAsync(Server, user),
        _ => RoomTestClient.ConnectAsync(Server, user),
    };

    internal static async Task<Seen> UntilBodyAsync(ITestClient client, string body)
    {
        while (true)
            if (await client.NextAsync() is var seen && seen.Body == body) return seen;
    }

    /// <summary>So many bodies that begin like this, in the order they came.</summary>
    internal static async Task<List<string>> TakeAsync(ITestClient client, string prefix, int count)
    {
        var taken = new List<string>();
        while (taken.Count < count)
            if (await client.NextAsync() is { Body: { } body } && body.StartsWith(prefix, StringComparison.Ordinal))
                taken.Add(body);
        return taken;
    }
}
