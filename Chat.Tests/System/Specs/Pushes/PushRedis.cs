namespace Chat.Tests.Specs.Pushes;

/// <summary>What the instances of a test have between them.</summary>
public enum PushRedis
{
    None,
    OneServer,
    Cluster,
    Sentinels,
}
