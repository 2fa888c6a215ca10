using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Chat.Server.Configuration;
using Chat.Server.Operators;
using FluentAssertions;

namespace Chat.Tests.Integration.Operators;

/// <summary>Where operators are listened to, and the link that the log shows.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OperatorsStartTests
{
    [Fact]
    public async Task The_first_start_makes_a_key_and_the_log_has_a_link_with_it()
    {
        await using var server = await ServerProcess.ServeAsync();
        server.OperatorsUrl.IsLoopback.Should().BeTrue();
        var link = new Uri(Assert.Single(server.Output.Split('\n'),
            line => line.Contains("Operators (API page", StringComparison.Ordinal)).Split(' ')[^1]);
        var file = Path.Combine(server.Folder, "operators.key");
        link.Fragment.Should().Be("#" + (await File.ReadAllTextAsync(file)).Trim());
        File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        link.Port.Should().NotBe(server.Url.Port);
        using var http = new HttpClient
        {
            BaseAddress = link, DefaultRequestHeaders = { Authorization = new("Bearer", link.Fragment[1..]) },
        };
        (await http.GetStringAsync("/metrics")).Should().Contain("chat_draining 0");
        (await http.GetAsync(link)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_endpoints_of_Kestrels_own_settings_get_it_as_well()
    {
        var main = FreePort.Next();
        await using var server = await ServerProcess.ServeAtAsync("", null,
            ("Kestrel__Endpoints__Main__Url", $"http://127.0.0.1:{main}"),
            ("Chat__Operators__Key", TestServer.OperatorsKey));
        server.Url.Port.Should().Be(main);
        using var http = new HttpClient
        {
            BaseAddress = server.OperatorsUrl,
            DefaultRequestHeaders = { Authorization = new("Bearer", TestServer.OperatorsKey) },
        };
        (await http.GetStringAsync("/metrics")).Should().Contain("chat_draining 0");
    }

    [Fact]
    public void It_is_beside_the_servers_own_port_or_on_one_that_is_free()
    {
        var port = FreePort.Next(); // none that an outgoing connection gets once it is given back
        using var taken = Listen(port);
        var main = port - 1_000;
        OperatorsUrl.Resolve("", $"http://*:{main}").Should().Be("http://127.0.0.1:0");
        taken.Stop();
        OperatorsUrl.Resolve("", $"http://*:{main}").Should().Be($"http://127.0.0.1:{port}");
        OperatorsUrl.Resolve("", "http://127.0.0.1:0").Should().Be("http://127.0.0.1:0");
        OperatorsUrl.Resolve("", "http://*:65000").Should().BeOneOf("http://127.0.0.1:64000", "http://127.0.0.1:0");
    }

    [Fact]
    public void A_port_that_is_named_and_taken_is_refused_with_the_setting()
    {
        using var taken = Listen();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        FluentActions.Invoking(() => OperatorsUrl.Resolve(url)).Should().Throw<ConfigurationException>()
            .WithMessage("Chat:Operators:Url: port * is already in use; name a free one");
    }

    [Theory]
    [InlineData("http://127.0.0.1:9080", true)]
    [InlineData("http://*:9080", true)]
    [InlineData("https://[::1]:0", true)]
    [InlineData("9080", false)]
    [InlineData("127.0.0.1:9080", false)]
    [InlineData("http://127.0.0.1:9080/tasks", false)]
    [InlineData("http://unix:/tmp/socket", false)]
    public void The_setting_is_a_URL(string url, bool isValid) =>
        new OperatorsOptionsValidator().Validate(null, new OperatorsOptions { Url = url }).Succeeded.Should()
            .Be(isValid);

    [Theory]
    [InlineData("", true)]
    [InlineData("0123456789abcdef", true)]
    [InlineData("0123456789abcde", false)]
    [InlineData("0123456789 abcdef", false)]
    public void A_key_is_long_enough_or_absent(string key, bool isValid) =>
        new OperatorsOptionsValidator().Validate(null, new OperatorsOptions { Key = key }).Succeeded.Should()
            .Be(isValid);

    private static TcpListener Listen(int port = 0)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }
}
