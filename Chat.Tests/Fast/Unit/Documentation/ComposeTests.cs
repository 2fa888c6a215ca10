using System.Net;
using System.Text.RegularExpressions;
using Chat.Server.Hosting;
using Chat.Server.Hosting.Proxy;
using Chat.Tests.Fixtures;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Chat.Tests.Unit.Documentation;

/// <summary>What can be said about the compose file without an engine to run it: it parses, and its parts fit
/// together.</summary>
public sealed partial class ComposeTests
{
    private static readonly Dictionary<object, object> File = Read();
    private static readonly Dictionary<object, object> Services = Map(File["services"]);
    private static readonly string[] Instances = ["chat-1", "chat-2"];

    private static readonly string ProxyConfiguration = Path.Combine(Repository.Root, "deploy", "nginx.conf");

    [Fact]
    public void It_has_the_parts_and_publishes_the_proxy_and_to_this_machine_an_operators_listener()
    {
        Assert.Equal(["chat-1", "chat-2", "migrate", "postgres", "proxy", "redis"],
            Services.Keys.Cast<string>().Order());
        var published = Services.Where(service => Map(service.Value).ContainsKey("ports")).ToDictionary(
            service => (string)service.Key, service => (string)((List<object>)Map(service.Value)["ports"]).Single());
        Assert.Equal(["chat-1", "proxy"], published.Keys.Order());
        Assert.Equal("127.0.0.1:${OPERATORS_PORT:-9080}:9080", published["chat-1"]);
        Assert.Equal("http://*:9080", Map(Map(Services["chat-1"])["environment"])["Chat__Operators__Url"]);
        Assert.All(Services.Values,
            service => Assert.True(Map(Map(Map(Map(service)["deploy"])["resources"])["limits"]).ContainsKey("memory")));
    }

    [Fact]
    public void The_migration_runs_once_and_the_instances_wait_for_it()
    {
        Assert.Equal("no", Map(Services["migrate"])["restart"]);
        Assert.Equal(["migrate"], (List<object>)Map(Services["migrate"])["command"]);
        Assert.DoesNotContain("migrate", Map(Map(Services["migrate"])["depends_on"]).Keys);
        foreach (var name in Instances)
        {
            var instance = Map(Services[name]);
            Assert.Equal("service_completed_successfully", Map(Map(instance["depends_on"])["migrate"])["condition"]);
            Assert.Equal("false", Map(instance["environment"])["Chat__Server__MigrateOnStart"]);
            Assert.True(
                int.Parse(((string)instance["stop_grace_period"]).TrimEnd('s'),
                    null) > new ServerOptions().ShutdownSeconds);
        }
    }

    [Fact]
    public void The_proxy_finds_every_instance_and_every_instance_believes_it()
    {
        var proxy = Map(Services["proxy"]);
        var mounted = ((string)((List<object>)proxy["volumes"]).Single()).Split(':')[0];
        Assert.Equal(ProxyConfiguration, Path.GetFullPath(Path.Combine(Repository.Root, mounted)));
        var hosts = ((List<object>)proxy["extra_hosts"]).Cast<string>()
            .ToDictionary(host => host.Split(':')[0], host => host.Split(':')[1]);
        var named = Upstream().Matches(System.IO.File.ReadAllText(ProxyConfiguration))
            .Select(match => match.Groups[1].Value).Distinct().Order();
        Assert.Equal(Instances, named);
        foreach (var name in Instances)
        {
            var address = (string)Map(Map(Map(Services[name])["networks"])["chat"])["ipv4_address"];
            Assert.Equal(hosts[name], address);
            Assert.True(TrustedNetworks.TryParse(
                (string)Map(Map(Services[name])["environment"])["Chat__Server__TrustedProxies"], out var trusted,
                out _));
            Assert.Contains(trusted, network => network.Contains(IPAddress.Parse(address)));
            var subnet = (string)Map(
                ((List<object>)Map(Map(Map(File["networks"])["chat"])["ipam"])["config"]).Single())["subnet"];
            Assert.Equal(subnet, trusted.Single().ToString());
        }
    }

    private static Dictionary<object, object> Map(object node) => (Dictionary<object, object>)node;

    private static Dictionary<object, object> Read()
    {
        using var text = new StreamReader(Path.Combine(Repository.Root, "docker-compose.yml"));
        return Map(new DeserializerBuilder().Build().Deserialize(new MergingParser(new Parser(text)))!);
    }

    [GeneratedRegex(@"server ([\w-]+):8080")]
    private static partial Regex Upstream();
}
