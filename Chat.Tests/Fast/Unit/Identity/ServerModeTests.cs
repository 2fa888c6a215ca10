using Chat.Server.Callers;
using Chat.Server.Configuration;
using Chat.Server.Identity;
using Microsoft.Extensions.Configuration;

namespace Chat.Tests.Unit.Identity;

/// <summary>CH-166: which mode a server has, and whom it may listen to.</summary>
public sealed class ServerModeTests
{
    private static readonly (string, string?) Scheme = ("Authentication:Schemes:Bearer:ValidIssuer", "x");

    [Fact]
    public void An_issuer_makes_it_tokens_and_nothing_makes_it_open()
    {
        Assert.Equal(new ServerMode(IdentityMode.Open, IsNamed: false), Of());
        Assert.Equal(new ServerMode(IdentityMode.Open, IsNamed: false), Of(("Chat:Identity:Mode", " ")));
        Assert.Equal(new ServerMode(IdentityMode.Token, IsNamed: true), Of(Scheme));
        Assert.Equal(new ServerMode(IdentityMode.Token, IsNamed: true), Of(Scheme, ("Chat:Identity:Mode", "token")));
        Assert.Equal(new ServerMode(IdentityMode.Open, IsNamed: true), Of(Scheme, ("Chat:Identity:Mode", "Open")));
    }

    [Theory]
    [InlineData("Closed")]
    [InlineData("1")]
    [InlineData("Open, Token")]
    public void Anything_else_is_no_mode(string mode) => Assert.Equal(["Chat:Identity:Mode must be Open or Token"],
        Assert.Throws<ConfigurationException>(() => Of(Scheme, ("Chat:Identity:Mode", mode))).Problems);

    [Fact]
    public void Tokens_that_are_made_here_need_no_issuer() =>
        Assert.Equal(new ServerMode(IdentityMode.Token, IsNamed: true), Of(("Chat:Identity:Mode", "Token")));

    [Theory]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://LOCALHOST", true)]
    [InlineData("https://127.0.0.1:0", true)]
    [InlineData("http://127.9.9.9:80", true)]
    [InlineData("http://[::1]:80", true)]
    [InlineData("http://unix:/run/chat.sock", true)]
    [InlineData("http://*:8080", false)]
    [InlineData("http://+:8080", false)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://192.168.0.7:80", false)]
    [InlineData("http://localhost.example.com", false)]
    [InlineData("http://chat.example.com", false)]
    [InlineData("nonsense", false)]
    public void A_server_on_loopback_needs_no_choice_of_mode(string url, bool isOfThisMachine)
    {
        Assert.Equal(isOfThisMachine, ListenAddress.IsOfThisMachine(url));
        var start = Record.Exception(() => Of().RefuseToBeFound(Settings(), ["http://localhost:1", url]));
        Assert.Equal(isOfThisMachine, start is null);
        Of(("Chat:Identity:Mode", "Open")).RefuseToBeFound(Settings(), [url]); // chosen: any address
    }

    private static ServerMode Of(params (string, string?)[] settings) => ServerMode.Of(Settings(settings));

    private static IConfiguration Settings(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => s.Value)).Build();
}
