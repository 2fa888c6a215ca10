using Chat.Server.Persistence;

namespace Chat.Tests.Unit.Persistence;

public sealed class DatabaseSettingsTests
{
    /// <summary>A server that names no schema, and a chat inside an application that does, may be on the same tables.
    /// </summary>
    [Fact]
    public void Whoever_is_in_the_schema_public_has_the_same_locks_and_channels_named_or_not()
    {
        var unnamed = new DatabaseSettings(DatabaseKind.Postgres, "Host=nowhere");
        var named = unnamed.In("public");
        Assert.Equal((unnamed.LockKey(7), unnamed.Channel("chat")), (named.LockKey(7), named.Channel("chat")));
        var other = unnamed.In("chat");
        Assert.NotEqual(unnamed.LockKey(7), other.LockKey(7));
        Assert.NotEqual(unnamed.Channel("chat"), other.Channel("chat"));
    }
}
