using Chat.Server.Configuration;
using Chat.Server.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Chat.Tests.Unit.Hosting;

public sealed class ListenUrlTests
{
    [Theory]
    [InlineData(null, "http://*:8080")]
    [InlineData("", "http://*:8080")]
    [InlineData("9001", "http://*:9001")]
    public void PORT_names_the_port_on_every_address(string? port, string expected) =>
        Assert.Equal(expected, Resolve(("PORT", port)));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("65536")]
    [InlineData("99999999999999999999")]
    [InlineData("80a")]
    [InlineData("8 0")]
    [InlineData("٨٠")]
    public void An_absurd_PORT_is_refused_with_what_is_allowed(string port)
    {
        var e = Assert.Throws<ConfigurationException>(() => Resolve(("PORT", port)));
        Assert.Equal(["PORT must be a number from 1 to 65535"], e.Problems);
    }

    [Fact]
    public void URLs_given_to_ASP_NET_win() =>
        Assert.Null(Resolve(("PORT", "9001"), ("urls", "http://127.0.0.1:9002")));

    [Fact]
    public void Where_nobody_chose_a_mode_PORT_is_of_this_machine_only() =>
        Assert.Equal("http://localhost:9001", ListenUrl.Resolve(Settings(("PORT", "9001")), isForAll: false));

    private static string? Resolve(params (string Name, string? Value)[] settings) =>
        ListenUrl.Resolve(Settings(settings), isForAll: true);

    private static IConfiguration Settings(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => s.Value)).Build();
}
