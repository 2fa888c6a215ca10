using System.Net;
using Chat.Server.Configuration;
using Chat.Server.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace Chat.Tests.Unit.Hosting;

public sealed class RedisUrlTests
{
    [Theory]
    [InlineData("redis://cache", "cache", 6379, false, null, null)]
    [InlineData("redis://", "localhost", 6379, false, null, null)]
    [InlineData("redis://cache:7000/0", "cache", 7000, false, null, null)]
    [InlineData("REDISS://:p%40ss%2C%2F@cache:7000/3", "cache", 7000, true, null, "p@ss,/")]
    [InlineData("redis://default:a:b@my_cache", "my_cache", 6379, false, null, "a:b")]
    [InlineData("redis://ann:se@cret@cache", "cache", 6379, false, "ann", "se@cret")]
    public void A_URL_is_read_as_its_users_write_it(
        string url, string host, int port, bool tls, string? user, string? password)
    {
        var options = RedisSettingsResolver.Parse("REDIS_URL", url).Options;
        var place = Assert.IsType<DnsEndPoint>(Assert.Single(options.EndPoints));
        Assert.Equal((host, port, tls, user, password),
            (place.Host, place.Port, options.Ssl, options.User, options.Password));
    }

    [Theory]
    [InlineData("redis://ann:secret@[::1]:7000", "[::1]:7000")]
    [InlineData("cache", "cache:6379")]
    [InlineData("cache:7000,password=secret,ssl=true", "cache:7000")]
    [InlineData("cache,password=secret://", "cache:6379")]
    [InlineData("a:7000,b:7000,user=ann,password=secret", "a:7000, b:7000")]
    [InlineData("a,b:7000,serviceName=chat,password=secret", "chat of sentinels a:26379, b:7000")]
    public void Both_forms_are_described_without_their_passwords(string text, string expected)
    {
        var settings = RedisSettingsResolver.Parse("REDIS_URL", text);
        Assert.Equal((expected, expected), (settings.Describe(), settings.ToString()));
    }

    [Theory]
    [InlineData("http://secret", "must start with redis:// or rediss://")]
    [InlineData("redis://:secret@a:0", "the port in REDIS_URL must be a number from 1 to 65535")]
    [InlineData("redis://:secret@a:80x", "the port in REDIS_URL must be a number from 1 to 65535")]
    [InlineData("redis://:secret%zz@a", "a % that is not followed by two hexadecimal digits")]
    [InlineData("redis://:secret@a/x", "the database in REDIS_URL must be a number")]
    [InlineData("redis://:secret@a/0?db=1", "parameters after a ?")]
    [InlineData("redis://:secret@[::1", "without its closing bracket")]
    [InlineData("redis://a,redis://:secret@b:6379",
        "use a Redis Cluster (host1:6379,host2:6379,password=...) or sentinels")]
    [InlineData("redis://:secret@a,b:7000", "use a Redis Cluster")]
    [InlineData("a:6379,secret=1", "neither a redis:// URL nor a string of StackExchange.Redis")]
    [InlineData("password=secret", "names no host")]
    public void Bad_text_is_refused_by_its_part_and_never_shown(string url, string expected)
    {
        var problem = Assert.Single(
            Assert.Throws<ConfigurationException>(() => RedisSettingsResolver.Parse("REDIS_URL", url)).Problems);
        Assert.Contains(expected, problem);
        Assert.DoesNotContain("secret", problem);
    }

    [Theory]
    [InlineData("redis://a", "does not use TLS")]
    [InlineData("rediss://a", "must name a file with the certificate of the issuer")]
    public void A_file_of_an_issuer_is_looked_at_when_the_server_starts(string url, string expected)
    {
        var refused = Assert.Throws<ConfigurationException>(
            () => RedisSettingsResolver.Parse("REDIS_URL", url, "/nowhere/ca.pem"));
        Assert.Contains(expected, refused.Message);
    }

    [Fact]
    public void The_connection_string_comes_before_the_URL_and_nothing_means_none()
    {
        Assert.Null(Resolve());
        Assert.Null(Resolve(("REDIS_URL", " "), ("ConnectionStrings:Redis", "")));
        Assert.Equal("b:6379", Resolve(("REDIS_URL", "redis://b")));
        Assert.Equal("a:6379", Resolve(("REDIS_URL", "redis://b"), ("ConnectionStrings:Redis", "a")));
    }

    private static string? Resolve(params (string Name, string? Value)[] settings) =>
        RedisSettingsResolver.Resolve(
            new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => s.Value))
                .Build())?.Describe();
}
