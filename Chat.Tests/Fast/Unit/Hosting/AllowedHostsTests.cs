using Chat.Server.Hosting;
using Chat.Server.Hosting.Http;
using FluentAssertions;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Unit.Hosting;

// CH-97
public sealed class AllowedHostsTests
{
    private static readonly AllowedHosts Default = AllowedHosts.Parse("");

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("localhost.")]
    [InlineData("chat.localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("203.0.113.9")]
    [InlineData("[::1]")]
    [InlineData("[2001:db8::17]")]
    [InlineData("[fe80::1%25eth0]")]
    public void Names_of_this_machine_and_addresses_are_known_whatever_the_port(string host)
    {
        foreach (var port in (string[])["", ":8080"]) IsKnown(Default, host + port).Should().BeTrue(host + port);
    }

    [Theory]
    [InlineData("rebind.evil.example")]
    [InlineData("intranet")]
    [InlineData("localhost.evil.example")]
    [InlineData("notlocalhost")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.1.")]
    [InlineData("a.127.0.0.1")]
    [InlineData("xn--bcher-kva.example")]
    public void Other_names_are_not(string host) => IsKnown(Default, host).Should().BeFalse();

    [Fact]
    public void Without_a_name_as_in_HTTP_1_0_no_browser_asks() => Default.Contains("").Should().BeTrue();

    [Fact]
    public void Names_are_listed_alone_or_with_all_that_is_below_them()
    {
        var hosts = AllowedHosts.Parse("chat.example.com, *.example.org , [2001:db8::1]");
        foreach (var known in (string[])["chat.example.com", "CHAT.example.com.", "chat.example.com:443",
            "a.example.org", "a.b.example.org", "localhost", "10.0.0.1"])
            IsKnown(hosts, known).Should().BeTrue(known);
        foreach (var foreign in (string[])["example.com", "a.chat.example.com", "example.org", ".example.org",
            "notexample.org", "evil.example"])
            IsKnown(hosts, foreign).Should().BeFalse(foreign);
        IsKnown(AllowedHosts.Parse("*"), "anything.example").Should().BeTrue();
    }

    [Theory]
    [InlineData("https://chat.example.com", "https://chat.example.com")]
    [InlineData("chat.example.com:8080", "chat.example.com:8080")]
    [InlineData("good.example, not a name", "not a name")]
    [InlineData("*.", "*.")]
    [InlineData("*x", "*x")]
    public void An_invalid_name_is_reported_at_the_start(string text, string problem)
    {
        var result = new ServerOptionsValidator().Validate(null, new ServerOptions { AllowedHosts = text });
        result.FailureMessage.Should().Contain("AllowedHosts must list names").And.Contain($"'{problem}'");
    }

    private static bool IsKnown(AllowedHosts hosts, string host) => hosts.Contains(new HostString(host).Host);
}
