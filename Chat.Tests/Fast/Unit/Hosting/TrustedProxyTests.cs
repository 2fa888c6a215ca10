using System.Net;
using Chat.Server.Hosting;
using Chat.Server.Hosting.Proxy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Unit.Hosting;

/// <summary>Whose word counts about where a request comes from.</summary>
public sealed class TrustedProxyTests
{
    [Theory]
    [InlineData("", "127.0.0.1 http")]
    [InlineData("10.0.0.0/8", "127.0.0.1 http")]
    [InlineData("127.0.0.1", "203.0.113.9 https")]
    [InlineData("127.0.0.0/8, ::1", "203.0.113.9 https")]
    [InlineData("127.0.0.1,203.0.113.0/24", "198.51.100.7 https")]
    public async Task Forwarded_headers_are_believed_from_trusted_proxies_only_and_followed_to_the_first_that_is_not(
        string trusted, string expected)
    {
        var builder = ChatHost.CreateBuilder(["--urls=http://127.0.0.1:0", $"--Chat:Server:TrustedProxies={trusted}"]);
        builder.Services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section);
        await using var app = builder.Build();
        app.UseTrustedProxies();
        app.MapGet("/", (HttpContext http) => $"{http.Connection.RemoteIpAddress} {http.Request.Scheme}");
        await app.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.Single());
        request.Headers.Add("X-Forwarded-For", "192.0.2.1, 198.51.100.7, 203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https, https, https");
        using var response = await client.SendAsync(request);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public void Addresses_and_networks_are_read_and_what_is_neither_is_named()
    {
        Assert.True(TrustedNetworks.TryParse(" 10.1.0.0/16 ,::1,192.0.2.7,", out var networks, out _));
        Assert.Equal(["10.1.0.0/16", "::1/128", "192.0.2.7/32"], networks.Select(network => network.ToString()));
        foreach (var wrong in new[] { "proxy", "10.0.0.0/33", "10.0.0.x" })
        {
            Assert.False(TrustedNetworks.TryParse($"::1,{wrong}", out _, out var problem));
            Assert.Equal(wrong, problem);
        }
        Assert.True(TrustedNetworks.TryParse(null, out networks, out _));
        Assert.Empty(networks);
    }
}
