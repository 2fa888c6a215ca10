using Chat.Tests.Fixtures;
using Chat.Tests.Specs;

namespace Chat.Tests.Integration;

/// <summary>How instances log in to Redis and know that it is the right one.</summary>
public sealed class RedisLoginTests
{
    [RedisFact]
    public async Task It_logs_in_with_its_password_and_a_wrong_one_is_an_outage()
    {
        await using var redis = await RedisServer.StartNewAsync("right");
        await using var members = new RedisMembers();
        var wrong = members.JoinLater($"redis://:wrong@127.0.0.1:{redis.Port}");
        var ann = await members.JoinAsync($"redis://:right@127.0.0.1:{redis.Port}");
        var bob = await members.JoinAsync($"127.0.0.1:{redis.Port},password=right");
        await HeardAsync(ann, bob);
        Assert.Equal("redis does not answer", wrong.Backplane.Problem);
    }

    [RedisFact]
    public async Task A_user_with_few_rights_is_enough()
    {
        await using var redis = await RedisServer.StartNewAsync(
            "", "--user", "ann", "on", ">secret", "resetkeys", "resetchannels", "&chat:*",
            "-@all", "+@connection", "+@pubsub", "+info", "+cluster|nodes",
            "--user", "default", "off");
        await using var members = new RedisMembers();
        var nobody = members.JoinLater($"redis://127.0.0.1:{redis.Port}");
        var ann = await members.JoinAsync($"redis://ann:secret@127.0.0.1:{redis.Port}");
        var bob = await members.JoinAsync($"127.0.0.1:{redis.Port},user=ann,password=secret,protocol=resp3");
        await HeardAsync(ann, bob);
        Assert.NotNull(nobody.Backplane.Problem);
    }

    [RedisFact]
    public async Task Over_TLS_the_issuer_that_is_named_is_trusted_and_no_other()
    {
        using var authority = new TestAuthority();
        using var stranger = new TestAuthority();
        await using var redis = await RedisServer.StartNewAsync(
            "", "--port", "0", "--tls-cert-file", authority.CertificateFile, "--tls-key-file", authority.KeyFile,
            "--tls-ca-cert-file", authority.IssuerFile, "--tls-auth-clients", "no");
        await using var members = new RedisMembers();
        var unknown = members.JoinLater($"rediss://localhost:{redis.Port}");
        var other = members.JoinLater($"rediss://localhost:{redis.Port}", stranger.IssuerFile);
        var ann = await members.JoinAsync($"rediss://localhost:{redis.Port}", authority.IssuerFile);
        var bob = await members.JoinAsync($"127.0.0.1:{redis.Port},ssl=true", authority.IssuerFile);
        await HeardAsync(ann, bob);
        Assert.NotNull(unknown.Backplane.Problem);
        Assert.NotNull(other.Backplane.Problem);
    }

    [RedisFact]
    public async Task Two_servers_that_know_nothing_of_each_other_are_an_outage()
    {
        await using var first = await RedisServer.StartNewAsync();
        await using var second = await RedisServer.StartNewAsync();
        await using var members = new RedisMembers();
        var ann = members.JoinLater($"127.0.0.1:{first.Port},127.0.0.1:{second.Port}");
        var bob = await members.JoinAsync($"127.0.0.1:{first.Port}");
        await HeardAsync(bob, await members.JoinAsync($"127.0.0.1:{first.Port}"));
        Assert.Equal("redis does not answer", ann.Backplane.Problem);
    }

    private static async Task HeardAsync(BackplaneMember sender, BackplaneMember receiver)
    {
        var channel = BackplaneSpec.ChannelOf(1);
        await receiver.SubscribeAsync(channel);
        sender.Publish(channel, "hello");
        Assert.Equal((channel, "hello"), await receiver.NextAsync());
    }
}
