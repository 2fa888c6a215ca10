using Chat.Server.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace Chat.Tests.Unit.Hosting;

public sealed class RedisUrlTests
{
    [Theory]
    [InlineData("redis://cache", "cache", 6379, false, null)]
    [InlineData("redis://", "localhost", 6379, false, null)]
    [InlineData("redis://cache:7000/0", "cache", 7000, false, null)]
    [InlineData("REDISS://:p%40ss%2C%2F@cache:7000/3", "cache", 7000, true, "p@ss,/")]
    [InlineData("redis://default:a:b@my_cache", "my_cache", 6379, false, "a:b")]
    [InlineData("redis://:se@cret@cache", "cache", 6379, false, "se@cret")]
    [InlineData("redis://[::1]:7000", "::1", 7000, false, null)]
    public void A_URL_is_read_as_its_users_write_it(string url, string host, int port, bool tls, string? password)
    {
        var node = Assert.Single(RedisUrl.Parse("REDIS_URL", url).Nodes);
        Assert.Equal((host, port, tls, password), (node.Host, node.Port, node.Tls, node.Password));
    }

    [Fact]
    public void Several_nodes_keep_their_order_and_are_described_without_their_passwords()
    {
        var settings = RedisUrl.Parse("REDIS_URL", "redis://:secret@a , rediss://b:7000,redis://[::1]");
        Assert.Equal(["a", "b", "::1"], settings.Nodes.Select(node => node.Host));
        Assert.Equal("a:6379, b:7000, [::1]:6379", settings.Describe());
        Assert.DoesNotContain("secret", settings.Nodes[0].ToString());
    }

    [Theory]
    [InlineData("secret", "must start with redis:// or rediss://")]
    [InlineData("http://secret", "must start with redis:// or rediss://")]
    [InlineData("redis://a,", "must start with redis:// or rediss://")]
    [InlineData("redis://a,secret:7000", "must start with redis:// or rediss://")]
    [InlineData("redis://:secret@a:0", "the port in REDIS_URL must be a number from 1 to 65535")]
    [InlineData("redis://:secret@a:80x", "the port in REDIS_URL must be a number from 1 to 65535")]
    [InlineData("redis://:secret%zz@a", "a % that is not followed by two hexadecimal digits")]
    [InlineData("redis://:secret@a/x", "the database in REDIS_URL must be a number")]
    [InlineData("redis://:secret@a/0?db=1", "parameters after a ?")]
    [InlineData("redis://:secret@[::1", "without its closing bracket")]
    [InlineData("redis://ann:secret@a", "the user in REDIS_URL must be left out or be default")]
    [InlineData("redis://a,redis://:secret@a:6379", "names a node twice")]
    public void Bad_text_is_refused_by_its_part_and_never_shown(string url, string expected)
    {
        var problem = Assert.Single(Assert.Throws<ConfigurationException>(() => RedisUrl.Parse("REDIS_URL", url)).Problems);
        Assert.Contains(expected, problem);
        Assert.DoesNotContain("secret", problem);
    }

    [Fact]
    public void The_connection_string_comes_before_the_URL_and_nothing_means_none()
    {
        Assert.Null(Resolve());
        Assert.Null(Resolve(("REDIS_URL", " "), ("ConnectionStrings:Redis", "")));
        Assert.Equal("b:6379", Resolve(("REDIS_URL", "redis://b")));
        Assert.Equal("a:6379", Resolve(("REDIS_URL", "redis://b"), ("ConnectionStrings:Redis", "redis://a")));
    }

    private static string? Resolve(params (string Name, string? Value)[] settings) =>
        RedisUrl.Resolve(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => s.Value)).Build())?.Describe();
}
