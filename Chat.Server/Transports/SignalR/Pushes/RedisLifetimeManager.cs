using Chat.Server.Connections;
using Chat.Server.FanOut.Backplane.Redis;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;

namespace Chat.Server.Transports.SignalR.Pushes;

/// <summary>Delivers what is sent through <see cref="IHubContext{THub}"/> to the connections of all instances, using
/// the framework's manager over Redis, and <see cref="UserPushes"/> for users; while Redis is away, to those of this
/// instance.</summary>
/// <remarks>Entries and signals of conversations do not go through it. Every wait for Redis has a bound, and a failed
/// publish never makes a call fail.</remarks>
internal sealed class RedisLifetimeManager(
    HubOpening opening, ConnectionRegistry connections, HubGroups groups, PushRoutes routes)
    : ChatLifetimeManager(opening, connections, groups, routes.Manager)
{
    private readonly RedisHubLifetimeManager<ChatHub> _inner = routes.Manager;
    private readonly RedisPatience _redis = routes.Redis;

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        await _redis.WaitShortlyAsync(HubConnections.Of(connection)!.Writer.ShowTo(_inner, _redis.Ready));
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection) =>
        _redis.WaitShortlyAsync(base.OnDisconnectedAsync(connection));

    public override Task SendAllAsync(
        string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendAsync(to => to.SendAllAsync(methodName, args, cancellationToken),
            () => base.SendAllAsync(methodName, args, cancellationToken));

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default) =>
        SendAsync(to => to.SendAllExceptAsync(methodName, args, excludedConnectionIds, cancellationToken),
            () => base.SendAllExceptAsync(methodName, args, excludedConnectionIds, cancellationToken));

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Find(connectionId) is not null
            ? base.SendConnectionAsync(connectionId, methodName, args, cancellationToken)
            : SendAsync(to => to.SendConnectionAsync(connectionId, methodName, args, cancellationToken), Nothing);

    public override Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args,
        CancellationToken cancellationToken = default) =>
        SendAsync(to => to.SendConnectionsAsync(connectionIds, methodName, args, cancellationToken),
            () => base.SendConnectionsAsync(connectionIds, methodName, args, cancellationToken));

    public override Task SendGroupAsync(
        string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendAsync(to => to.SendGroupAsync(groupName, methodName, args, cancellationToken),
            () => base.SendGroupAsync(groupName, methodName, args, cancellationToken));

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args,
        CancellationToken cancellationToken = default) =>
        SendAsync(to => to.SendGroupsAsync(groupNames, methodName, args, cancellationToken),
            () => base.SendGroupsAsync(groupNames, methodName, args, cancellationToken));

    public override Task SendGroupExceptAsync(
        string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default) =>
        SendAsync(
            to => to.SendGroupExceptAsync(groupName, methodName, args, excludedConnectionIds, cancellationToken),
            () => base.SendGroupExceptAsync(groupName, methodName, args, excludedConnectionIds, cancellationToken));

    public override Task SendUserAsync(
        string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendUsersAsync([userId], methodName, args, cancellationToken);

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args,
        CancellationToken cancellationToken = default)
    {
        routes.Users.Send(userIds, methodName, args);
        return Task.CompletedTask;
    }

    public override async Task AddToGroupAsync(
        string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        await base.AddToGroupAsync(connectionId, groupName, cancellationToken); // for when Redis is away
        await ChangeGroupAsync(connectionId, to => to.AddToGroupAsync(connectionId, groupName, cancellationToken));
    }

    public override async Task RemoveFromGroupAsync(
        string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        await base.RemoveFromGroupAsync(connectionId, groupName, cancellationToken);
        await ChangeGroupAsync(
            connectionId, to => to.RemoveFromGroupAsync(connectionId, groupName, cancellationToken));
    }

    public override async Task<T> InvokeConnectionAsync<T>(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken)
    {
        if (Find(connectionId) is null && !_redis.IsUp)
            throw new IOException($"Connection '{connectionId}' is not on this instance, and Redis does not answer.");
        return await base.InvokeConnectionAsync<T>(connectionId, methodName, args, cancellationToken);
    }

    private static Task Nothing() => Task.CompletedTask;

    private async Task SendAsync(Func<HubLifetimeManager<ChatHub>, Task> everywhere, Func<Task> here)
    {
        if (!await _redis.TryAsync(() => everywhere(_inner))) await here();
    }

    /// <summary>A connection of this instance is in the group at the latest when Redis is back. For one of another
    /// instance that one is asked; when none answers there is no such connection.</summary>
    private async Task ChangeGroupAsync(string connectionId, Func<HubLifetimeManager<ChatHub>, Task> change)
    {
        if (Find(connectionId) is { } here)
        {
            await _redis.WaitShortlyAsync(ChangeLocalAsync(here.Writer, change));
            return;
        }
        if (!await _redis.TryAsync(() => change(_inner)) && !_redis.IsUp)
            throw new IOException($"Connection '{connectionId}' is not on this instance, and Redis does not answer.");
    }

    private async Task ChangeLocalAsync(HubWriter writer, Func<HubLifetimeManager<ChatHub>, Task> change)
    {
        await writer.ShowTo(_inner, _redis.Ready);
        try
        {
            await change(_inner);
        }
        catch (Exception e) when (RedisFailure.Is(e))
        {
            // The connection or Redis ended meanwhile.
        }
    }
}
