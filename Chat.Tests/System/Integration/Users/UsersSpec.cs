using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Users;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Users;

/// <summary>CH-150 to CH-152: names over every transport, on two instances.</summary>
public abstract class UsersSpec : IAsyncLifetime
{
    private readonly string _ann = TransportSpec.Unique("ann");
    private readonly string _bob = TransportSpec.Unique("bob");

    internal abstract TestServer First { get; }

    internal abstract TestServer Second { get; }

    protected abstract Task StartAsync();

    public async Task InitializeAsync()
    {
        await StartAsync();
        await using var ann = await First.ConnectHubAsync(_ann);
        await ann.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(_ann), UserId.Parse(_bob)] });
    }

    public Task DisposeAsync()
    {
        Assert.Equal("", First.TakeErrors() + Second.TakeErrors());
        return Task.CompletedTask;
    }

    [SpecFact]
    public async Task A_new_name_comes_to_those_who_asked_on_both_instances_and_over_both_sockets()
    {
        await using var hub = await Second.ConnectHubAsync(_ann);
        await using var raw = await Second.ConnectRawAsync(_ann, "users");
        await using var here = await First.ConnectRawAsync(_ann, "users,seq");
        await using var quiet = await Second.ConnectRawAsync(_ann, "users");
        var told = new Inbox<UserProfile>();
        using var listening = hub.OnUserChanged(told.Add);
        Assert.Equal([new UserProfile(UserId.Parse(_bob), null)], await hub.UsersAsync([UserId.Parse(_bob)]));
        foreach (var socket in new[] { raw, here })
        {
            await socket.SendAsync(new { type = "users", user_ids = new[] { _bob, "a stranger" } });
            Assert.Equal($$"""{"type":"users","users":[{"user_id":"{{_bob}}","name":null}]}""",
                (await socket.UntilAsync("users")).GetRawText());
        }

        await SetNameAsync(First, "Bob");

        Assert.Equal(new UserProfile(UserId.Parse(_bob), "Bob"), await told.NextAsync());
        foreach (var socket in new[] { raw, here })
            Assert.Equal($$"""{"type":"user_changed","user_id":"{{_bob}}","name":"Bob"}""",
                (await socket.UntilAsync("user_changed")).GetRawText());
        await quiet.SendAsync(new { type = "users", user_ids = new[] { _bob } });
        Assert.Equal("Bob", (await quiet.UntilAsync("users")).GetProperty("users")[0].GetProperty("name").GetString());
    }

    [SpecFact]
    public async Task A_socket_without_the_feature_knows_no_such_frame()
    {
        await using var raw = await First.ConnectRawAsync(_ann, "seq");
        await raw.SendAsync(new { type = "users", user_ids = new[] { _bob } });
        var error = await raw.UntilErrorAsync();
        Assert.Equal("unsupported_type", error.GetProperty("code").GetString());
    }

    [SpecFact]
    public async Task Names_are_answered_over_REST()
    {
        await SetNameAsync(First, "Bob");
        var query = $"/api/v1/users?user_id={_ann}&id={_bob}&id=a+stranger&id={_ann}";
        Assert.Equal(
            $$"""{"users":[{"user_id":"{{_bob}}","name":"Bob"},{"user_id":"{{_ann}}","name":null}],"count":2}""",
            await Second.Http.GetStringAsync(query));
        foreach (var (wrong, text) in new[]
        {
            ("/api/v1/users?id=bob", "user_id is required"),
            ($"/api/v1/users?user_id={_ann}", "user_ids must include at least one user id"),
            ($"/api/v1/users?user_id={_ann}&id=", "each of user_ids must not be empty"),
        })
        {
            using var refused = await Second.Http.GetAsync(wrong);
            Assert.Equal((System.Net.HttpStatusCode.BadRequest, $$"""{"error":"{{text}}"}"""),
                (refused.StatusCode, await refused.Content.ReadAsStringAsync()));
        }
    }

    private Task SetNameAsync(TestServer at, string? name) =>
        at.Services.GetRequiredService<UserDirectory>()
            .SetNameAsync(UserId.Parse(_bob).Key(), name, CancellationToken.None);
}
