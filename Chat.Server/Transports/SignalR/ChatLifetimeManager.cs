using System.Collections.Concurrent;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut;
using Chat.Server.Hosting.Drain;
using Chat.Server.Identity;
using Chat.Server.Observability;
using Chat.Server.Presence;
using Chat.Server.Transports.Framing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>Makes each hub connection a reader of feeds, and keeps <see cref="IHubContext{THub}"/> working for code that wants it.</summary>
/// <remarks>Conversations do not go through here: their entries come from the feeds. What is sent through here is fire and forget, never
/// waits for a slow connection, and is not part of any log. A group named like a conversation's id has its joined connections as members.</remarks>
internal sealed class ChatLifetimeManager(
    OpenIdentity identity, ReaderRegistry readers, ReaderContext readerContext, FeedRegistry feeds, LocalPresence presence, ChatMetrics metrics)
    : HubLifetimeManager<ChatHub>, IDrainSource
{
    private readonly ConcurrentDictionary<string, HubReader> _connections = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, HubReader>> _groups = new();

    public IEnumerable<IDrainable> Connections => _connections.Values;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        if (!identity.TryIdentify(connection.GetHttpContext()!, out var user, out var problem)) throw new HubException($"bad_request: {problem}");
        connection.UserIdentifier = user.Value;
        // Stateful reconnect numbers every message, so those have to go through SignalR.
        var socket = StatefulReconnect.IsUsedBy(connection) ? null : SharedStreamUpgrade.StreamOf(connection.GetHttpContext()!);
        var reader = new HubReader(user, connection, socket, readerContext);
        HubReaders.Attach(connection, reader);
        _connections[connection.ConnectionId] = reader;
        readers.Add(reader);
        metrics.ConnectionOpened(ChatTransport.SignalR);
        presence.Enter(user);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (!_connections.TryRemove(connection.ConnectionId, out var reader)) return Task.CompletedTask;
        readers.Remove(reader);
        metrics.ConnectionClosed(ChatTransport.SignalR);
        reader.Close();
        presence.Exit(reader.User);
        foreach (var group in _groups.Values) group.TryRemove(connection.ConnectionId, out _);
        return Task.CompletedTask;
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(_connections.Values, methodName, args);

    public override Task SendAllExceptAsync(string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        Send(Except(_connections.Values, excludedConnectionIds), methodName, args);

    public override Task SendConnectionAsync(string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(WithIds([connectionId]), methodName, args);

    public override Task SendConnectionsAsync(IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(WithIds(connectionIds), methodName, args);

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(Members(groupName), methodName, args);

    public override Task SendGroupsAsync(IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(groupNames.SelectMany(Members), methodName, args);

    public override Task SendGroupExceptAsync(string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        Send(Except(Members(groupName), excludedConnectionIds), methodName, args);

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendUsersAsync([userId], methodName, args, cancellationToken);

    public override Task SendUsersAsync(IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(_connections.Values.Where(reader => userIds.Contains(reader.User.Value)), methodName, args);

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (_connections.TryGetValue(connectionId, out var reader)) _groups.GetOrAdd(groupName, _ => new())[connectionId] = reader;
        return Task.CompletedTask;
    }

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (_groups.TryGetValue(groupName, out var group)) group.TryRemove(connectionId, out _);
        return Task.CompletedTask;
    }

    private static Task Send(IEnumerable<HubReader> to, string method, object?[] args)
    {
        var message = new SerializedHubMessage(new InvocationMessage(method, args)); // encoded once, whoever it goes to
        foreach (var reader in to.Distinct()) reader.WriteDirect(message);
        return Task.CompletedTask;
    }

    private static IEnumerable<HubReader> Except(IEnumerable<HubReader> all, IReadOnlyList<string> ids) => all.Where(reader => !ids.Contains(reader.Connection.ConnectionId));

    private IEnumerable<HubReader> WithIds(IReadOnlyList<string> ids) => ids.Select(id => _connections.GetValueOrDefault(id)).OfType<HubReader>();

    private IEnumerable<HubReader> Members(string group)
    {
        var named = _groups.TryGetValue(group, out var members) ? members.Values : [];
        return ConversationId.TryParse(group, out var conversation) && feeds.Find(conversation) is { } feed
            ? named.Concat(feed.Readers.OfType<HubReader>())
            : named;
    }
}
