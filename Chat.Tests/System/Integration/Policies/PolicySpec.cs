using System.Net;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Chat.Server.Policies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Integration.Policies;

/// <summary>What the application decides about acts of users, on every transport.</summary>
public abstract class PolicySpec : IAsyncLifetime
{
    private readonly PolicyScript _policy = new();
    private TestDatabase _database = null!;
    private TestServer _server = null!;
    private ChatHubConnection _ann = null!;
    private ConversationId _room;

    internal abstract DatabaseKind Kind { get; }

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Kind);
        _server = await TestServer.StartAsync(_database.Settings, new InProcessBus(), services =>
        {
            services.AddPolicy<PolicyScript>();
            services.AddSingleton(_policy);
            // By a clock that stands: no decision is late because the machine is busy.
            services.Replace(ServiceDescriptor.Singleton(provider => new PolicyRun(nameof(PolicyScript),
                new Lazy<IChatPolicy>(_policy), new ChatPolicyOptions(), new ManualTime(),
                provider.GetRequiredService<ILogger<PolicyRun>>())));
        });
        _ann = await _server.ConnectHubAsync("ann");
        _room = (await _ann.CreateConversationAsync(new() { ParticipantIds = [UserId.Parse("ben")], Title = "Room" }))
            .Id;
        await _ann.SendAsync(_room, "one"); // 2
        _policy.Asked.Clear();
    }

    public async Task DisposeAsync()
    {
        await _ann.DisposeAsync();
        Assert.Equal("", _server.TakeErrors());
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    // CH-287
    [SpecFact]
    public async Task A_refusal_reaches_the_user_with_its_text_and_reason_on_every_transport_and_nothing_is_stored()
    {
        _policy.Says(act => act.As<SendDraft>() is { Body: "bad" }
            ? ChatVerdict.Refuse("mind your words", "bad_words")
            : ChatVerdict.Allow);
        var refusal = await Assert.ThrowsAsync<ChatRefusedException>(() => _ann.SendAsync(_room, "bad"));
        Assert.Equal((ChatErrorCode.Forbidden, "mind your words; reason bad_words", "bad_words"),
            (refusal.Code, refusal.Error.Message, refusal.Error.Reason));

        await using var raw = await _server.ConnectRawAsync("ben", "seq");
        await raw.JoinAsync(_room);
        await raw.MessageAsync(_room, "bad");
        await raw.MessageAsync(_room, "good");
        var error = await raw.UntilErrorAsync();
        Assert.Equal("mind your words; reason bad_words", error.GetProperty("error").GetString());
        Assert.Equal("bad_words", error.GetProperty("reason").GetString());
        await raw.UntilAsync("message");

        using var answer = await PostAsync("bad");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("""{"error":"mind your words; reason bad_words","reason":"bad_words"}""",
            await answer.Content.ReadAsStringAsync());
        Assert.Equal(["one", "good"], await BodiesAsync());
        await _ann.SendAsync(_room, "goes on");
    }

    // CH-288
    [SpecFact]
    public async Task What_a_policy_puts_in_place_of_a_message_is_what_everybody_sees()
    {
        _policy.Says(act => act.As<SendDraft>() is { } sent
            ? ChatVerdict.Replace(sent with { Body = sent.Body!.Replace("secret", "…", StringComparison.Ordinal) })
            : act.As<EditDraft>() is { } edit
            ? ChatVerdict.Replace(edit with { Content = edit.Content with { Body = "edited by policy" } })
            : ChatVerdict.Allow);
        await using var raw = await _server.ConnectRawAsync("ben", "seq");
        await raw.JoinAsync(_room);

        var sent = await _ann.SendAsync(_room, "my secret", new() { DedupeKey = "k" });
        Assert.Equal("my …", (await raw.UntilAsync("message")).GetProperty("message").GetProperty("body").GetString());
        Assert.Equal(sent with { Duplicate = true },
            await _ann.SendAsync(_room, "my secret", new() { DedupeKey = "k" }));
        await _ann.EditMessageAsync(_room, 2, new() { Body = "x" });
        using var answer = await PostAsync("rest secret");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await Eventually.HoldsAsync(async () =>
            (await BodiesAsync()).SequenceEqual(["edited by policy", "my …", "rest …"]));
    }

    // CH-287
    [SpecFact]
    public async Task A_message_that_was_accepted_over_REST_is_not_judged_again()
    {
        using var answer = await PostAsync("accepted");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        _policy.Says(_ => ChatVerdict.Refuse("from now on nothing"));
        await Eventually.HoldsAsync(async () => (await BodiesAsync()).Contains("accepted"));
        Assert.Single(_policy.Asked);
    }

    // CH-287
    [SpecFact]
    public async Task A_repeat_of_what_was_stored_gets_its_receipt_though_it_would_be_refused_now()
    {
        var sent = await _ann.SendAsync(_room, "before", new() { DedupeKey = "k" });
        var edited = await _ann.EditMessageAsync(_room, sent.Sequence, new() { Body = "edited", DedupeKey = "e" });
        _policy.Says(_ => ChatVerdict.Refuse("no more"));

        Assert.Equal(sent with { Duplicate = true }, await _ann.SendAsync(_room, "before", new() { DedupeKey = "k" }));
        Assert.Equal(edited with { Duplicate = true },
            await _ann.EditMessageAsync(_room, sent.Sequence, new() { Body = "edited", DedupeKey = "e" }));
        await Assert.ThrowsAsync<ChatRefusedException>(
            () => _ann.SendAsync(_room, "new", new() { DedupeKey = "new" }));
        await Assert.ThrowsAsync<ChatRefusedException>( // another act under that key
            () => _ann.EditMessageAsync(_room, 2, new() { Body = "edited", DedupeKey = "k" }));
    }

    // CH-287
    [SpecFact]
    public async Task Every_act_that_changes_the_log_is_judged_once_and_a_refused_one_changes_nothing()
    {
        var (ben, cem) = (UserId.Parse("ben"), UserId.Parse("cem"));
        (ChatActKind Kind, Func<Task> Act)[] acts =
        [
            (ChatActKind.Send, () => _ann.SendAsync(_room, "x")),
            (ChatActKind.Edit, () => _ann.EditMessageAsync(_room, 2, new() { Body = "x" })),
            (ChatActKind.React, () => _ann.SetReactionsAsync(_room, 2, ["👍"])),
            (ChatActKind.Pin, () => _ann.SetPinnedAsync(_room, 2)),
            (ChatActKind.Create, () => _ann.CreateConversationAsync(new() { ParticipantIds = [ben] })),
            (ChatActKind.Add, () => _ann.AddParticipantsAsync(_room, [cem])),
            (ChatActKind.SetRole, () => _ann.SetRoleAsync(
                _room, new SetRole { UserId = ben, Role = ParticipantRole.Moderator })),
            (ChatActKind.Change, () => _ann.ChangeConversationAsync(_room, new() { Title = "Other" })),
            (ChatActKind.Remove, () => _ann.RemoveParticipantAsync(_room, ben)),
            (ChatActKind.Delete, () => _ann.DeleteMessageAsync(_room, 2)),
        ];
        Assert.Equal(Enum.GetValues<ChatActKind>().Order(), acts.Select(act => act.Kind).Order());
        _policy.Says(_ => ChatVerdict.Refuse("no"));
        var before = await _database.QueryAsync("select count(*) from messages");
        foreach (var (_, act) in acts) await Assert.ThrowsAsync<ChatRefusedException>(act);
        Assert.Equal(acts.Select(act => act.Kind), _policy.Asked.Select(asked => asked.Kind));
        Assert.Equal(before, await _database.QueryAsync("select count(*) from messages"));

        _policy.Asked.Clear();
        _policy.Decides = null;
        foreach (var (_, act) in acts) await act();
        Assert.Equal(acts.Select(act => act.Kind), _policy.Asked.Select(asked => asked.Kind));
        Assert.All(_policy.Asked, asked => Assert.Equal("ann", asked.User));
    }

    // CH-290
    [SpecFact]
    public async Task A_policy_that_thinks_holds_up_its_connection_in_order_and_nobody_else()
    {
        var asked = new TaskCompletionSource();
        var thinks = new TaskCompletionSource<ChatVerdict>();
        _policy.Decides = act =>
        {
            if (act.As<SendDraft>() is not { Body: "slow" }) return Task.FromResult(ChatVerdict.Allow);
            asked.TrySetResult();
            return thinks.Task;
        };
        await using var ben = await _server.ConnectHubAsync("ben");
        var slow = _ann.SendAsync(_room, "slow");
        var behind = _ann.SendAsync(_room, "behind");
        await asked.Task.WaitAsync(Bounds.Wait);
        var others = await ben.SendAsync(_room, "of another");
        Assert.False(slow.IsCompleted || behind.IsCompleted);

        thinks.SetResult(ChatVerdict.Allow);
        Assert.Equal([others.Sequence + 1, others.Sequence + 2],
            [(await slow).Sequence, (await behind).Sequence]);
    }

    private Task<HttpResponseMessage> PostAsync(string body) => _server.Http.PostAsync(
        $"/api/v1/chat/{_room}", new StringContent($$"""{"sender_id":"ann","body":"{{body}}"}"""));

    private async Task<List<string>> BodiesAsync()
    {
        var page = await _ann.HistoryAsync(_room, new HistoryQuery { View = HistoryView.Main });
        return [.. page.Entries.OfType<MessageEntry>().Select(message =>
            MessageFold.Of(message, page.Current?.FirstOrDefault(now => now.Sequence == message.Sequence)).Body!)];
    }
}

public sealed class SqlitePolicyTests : PolicySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresPolicyTests : PolicySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
