using System.Diagnostics.CodeAnalysis;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Transports.SignalR.Pushes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>Opens and ends hub connections, and brings what is sent through <see cref="IHubContext{THub}"/> to those of
/// this instance.</summary>
/// <remarks>Conversations do not go through here: their entries come from the feeds. What is sent through here is fire
/// and forget, never waits for a slow connection, and is not part of any log. Results of clients are matched with their
/// calls by one of the framework's own managers, which sees a <see cref="HubStandIn"/> of each connection that it
/// needs. A user's name here, and the beginning of a group's, is that of <see cref="UserKey.ToString"/>.</remarks>
/// <param name="opening">Makes connections of ours.</param>
/// <param name="connections">All that are open here.</param>
/// <param name="groups">Who of them is in which group.</param>
/// <param name="inner">The framework's manager.</param>
internal class ChatLifetimeManager(
    HubOpening opening, ConnectionRegistry connections, HubGroups groups, HubLifetimeManager<ChatHub> inner)
    : HubLifetimeManager<ChatHub>
{
    public override Task OnConnectedAsync(HubConnectionContext connection) => opening.OpenAsync(connection);

    // SignalR calls it after a failed OnConnectedAsync as well.
    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (HubConnections.Of(connection) is not { } ending) return Task.CompletedTask;
        opening.Close(connection, ending);
        groups.Forget(ending);
        return ending.Writer.StandIn is { } shown ? shown.HideFromAsync(inner) : Task.CompletedTask;
    }

    public override Task SendAllAsync(
        string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(Everyone, methodName, args);

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default) =>
        Send(Everyone.Except(WithIds(excludedConnectionIds)), methodName, args);

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(WithIds([connectionId]), methodName, args);

    public override Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args,
        CancellationToken cancellationToken = default) =>
        Send(WithIds(connectionIds), methodName, args);

    public override Task SendGroupAsync(
        string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(groups.MembersOf(groupName), methodName, args);

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args,
        CancellationToken cancellationToken = default) =>
        Send(groupNames.SelectMany(groups.MembersOf), methodName, args);

    public override Task SendGroupExceptAsync(
        string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default) =>
        Send(groups.MembersOf(groupName).Except(WithIds(excludedConnectionIds)), methodName, args);

    public override Task SendUserAsync(
        string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(OfUser(userId), methodName, args);

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args,
        CancellationToken cancellationToken = default) =>
        Send(userIds.SelectMany(OfUser), methodName, args);

    public override Task AddToGroupAsync(
        string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (Find(connectionId) is { } connection) groups.Add(connection, groupName);
        return Task.CompletedTask;
    }

    public override Task RemoveFromGroupAsync(
        string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        groups.Remove(connectionId, groupName);
        return Task.CompletedTask;
    }

    public override async Task<T> InvokeConnectionAsync<T>(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken)
    {
        if (Find(connectionId) is { } here) await here.Writer.ShowTo(inner, Task.CompletedTask);
        return await inner.InvokeConnectionAsync<T>(connectionId, methodName, args, cancellationToken);
    }

    public override Task SetConnectionResultAsync(string connectionId, CompletionMessage result) =>
        inner.SetConnectionResultAsync(connectionId, result);

    public override bool TryGetReturnType(string invocationId, [NotNullWhen(true)] out Type? type) =>
        inner.TryGetReturnType(invocationId, out type);

    /// <summary>The connection, when it is open on this instance.</summary>
    protected HubConnection? Find(string id) => connections.Find(id) as HubConnection;

    private IEnumerable<HubWriter> Everyone => WritersOf(connections.All);

    private IEnumerable<HubWriter> WithIds(IReadOnlyList<string> ids) => WritersOf(ids.Select(connections.Find));

    private IEnumerable<HubWriter> OfUser(string id) =>
        UserKey.TryParse(id, out var user) ? WritersOf(connections.Of(user)) : [];

    private static IEnumerable<HubWriter> WritersOf(IEnumerable<Connection?> some) =>
        some.OfType<HubConnection>().Select(hub => hub.Writer);

    private static Task Send(IEnumerable<HubWriter> to, string method, object?[] args)
    {
        var message = new SerializedHubMessage(new InvocationMessage(method, args)); // encoded once for all
        foreach (var writer in to.Distinct()) writer.WriteDirect(message);
        return Task.CompletedTask;
    }
}
