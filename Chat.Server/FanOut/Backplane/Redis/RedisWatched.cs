namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>What the watch looks after.</summary>
internal sealed record RedisWatched(
    RedisSubscriptions Subscriptions, RedisProbes Probes, BackplaneInbox Inbox, TimeProvider Time);
