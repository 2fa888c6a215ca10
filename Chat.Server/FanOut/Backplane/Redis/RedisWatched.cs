namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>What the watch monitors.</summary>
internal sealed record RedisWatched(
    RedisSubscriptions Subscriptions, RedisProbes Probes, BackplaneInbox Inbox, TimeProvider Time);
