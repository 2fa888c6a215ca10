namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>The Redis nodes of the backplane, in the order that decides which conversation is on which: the same on every instance.</summary>
internal sealed record RedisSettings(IReadOnlyList<RedisEndpoint> Nodes)
{
    /// <summary>For people: the places, without passwords.</summary>
    public string Describe() => string.Join(", ", Nodes);
}

/// <summary>One Redis server.</summary>
internal sealed record RedisEndpoint(string Host, int Port, bool Tls, string? Password)
{
    /// <summary>Host and port; never the password.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
