using System.Net;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Integration.Rest;

namespace Chat.Tests.Integration.Messages;

/// <summary>Tests on a server with a group of Ann and Ben, in which Ann has sent a message, <c>one</c>.</summary>
/// <param name="settings">Of the server.</param>
public abstract class OnRestServer(params (string Name, string Value)[] settings) : IAsyncLifetime
{
    internal TestDatabase Database { get; private set; } = null!;

    internal RestServer Server { get; private set; } = null!;

    internal ChatHubConnection Ann { get; private set; } = null!;

    /// <summary>Of the group.</summary>
    internal ConversationId Id { get; private set; }

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        Server = await RestServer.StartAsync(Database.Settings, settings);
        Ann = await Server.ConnectHubAsync("ann");
        Id = (await Ann.CreateConversationAsync(new() { ParticipantIds = [UserId.Parse("ben")] })).Id;
        await Ann.SendAsync(Id, "one"); // 2
    }

    public async Task DisposeAsync()
    {
        await Ann.DisposeAsync();
        await Server.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>A raw socket that has joined the group.</summary>
    internal async Task<RawClient> RawAsync(string query)
    {
        var raw = await RawClient.ConnectAsync(Server.Http.BaseAddress!, query);
        await raw.JoinAsync(Id);
        return raw;
    }

    internal async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string body)
    {
        var answer = await Server.AskAsync(method, path, body);
        return (answer.Status, answer.Body);
    }
}
