using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Server.FanOut;
using Chat.Server.Identity;
using Chat.Server.Transports.Framing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>Opens and ends hub connections, and keeps <see cref="IHubContext{THub}"/> working for code that wants
/// it.</summary>
/// <remarks>Conversations do not go through here: their entries come from the feeds. What is sent through here is fire
/// and forget, never waits for a slow connection, and is not part of any log.</remarks>
internal sealed class ChatLifetimeManager(
    OpenIdentity identity, ConnectionRegistry connections, HubGroups groups, WriterContext writerContext)
    : HubLifetimeManager<ChatHub>
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var http = connection.GetHttpContext()!;
        if (!identity.TryIdentify(http, out var user, out var problem))
            throw new HubException($"bad_request: {problem}");
        connection.UserIdentifier = user.Value;
        // Stateful reconnect numbers every message, so those have to go through SignalR.
        var socket = StatefulReconnect.IsUsedBy(connection) ? null : SharedStreamUpgrade.StreamOf(http);
        var writer = new HubWriter(user, connection, socket, writerContext);
        var opening = new HubConnection(user, connection.ConnectionId, writer, writerContext.Time);
        connections.Open(opening);
        HubConnections.Attach(connection, opening);
        return Task.CompletedTask;
    }

    // SignalR calls it after a failed OnConnectedAsync as well.
    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (HubConnections.Of(connection) is not { } ending) return Task.CompletedTask;
        ending.Dispose();
        groups.Forget(ending);
        return Task.CompletedTask;
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
        if (connections.Find(connectionId) is HubConnection connection) groups.Add(connection, groupName);
        return Task.CompletedTask;
    }

    public override Task RemoveFromGroupAsync(
        string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        groups.Remove(connectionId, groupName);
        return Task.CompletedTask;
    }

    private IEnumerable<HubWriter> Everyone => WritersOf(connections.All);

    private IEnumerable<HubWriter> WithIds(IReadOnlyList<string> ids) => WritersOf(ids.Select(connections.Find));

    private IEnumerable<HubWriter> OfUser(string id) =>
        UserId.TryCreate(id, out var user, out _) ? WritersOf(connections.Of(user)) : [];

    private static IEnumerable<HubWriter> WritersOf(IEnumerable<Connection?> some) =>
        some.OfType<HubConnection>().Select(hub => hub.Writer);

    private static Task Send(IEnumerable<HubWriter> to, string method, object?[] args)
    {
        var message = new SerializedHubMessage(new InvocationMessage(method, args)); // encoded once for all
        foreach (var writer in to.Distinct()) writer.WriteDirect(message);
        return Task.CompletedTask;
    }
}
