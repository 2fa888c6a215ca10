using System.Text;
using Chat.Server.Notifications;

namespace Chat.Tests.Unit.Notifications;

/// <summary>An address may be a secret: it is named and not told.</summary>
public sealed class WebhookAddressTests
{
    private const string Secret = "https://user:hidden@hooks.example.org:8443/hidden?key=hidden";

    [Theory]
    [InlineData(Secret, "webhooks.hooks.example.org-8443")]
    [InlineData("https://example.org/a", "webhooks.example.org")]
    [InlineData("http://[::1]:80/", "webhooks.--1")]
    public void Each_host_has_a_queue_of_its_own(string address, string queue) =>
        Assert.Equal(queue, new WebhookAddress(new Uri(address)).Queue);

    [Fact]
    public void The_name_of_a_queue_is_short_however_long_the_host_is()
    {
        var (one, other) = (Of('a'), Of('b'));
        Assert.InRange(one.Length, 1, 64);
        Assert.NotEqual(one, other);
        static string Of(char c) =>
            new WebhookAddress(new Uri($"https://{new string(c, 60)}.{new string(c, 60)}.org/")).Queue;
    }

    [Fact]
    public void Stored_and_shown_tasks_do_not_contain_the_address()
    {
        var address = new WebhookAddress(new Uri(Secret));
        foreach (var text in new[] { address.Id, address.Queue, address.Host })
            Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.NotEqual(address.Id, new WebhookAddress(new Uri(Secret + "x")).Id);
    }

    [Fact]
    public void A_task_of_the_version_before_is_understood_and_shown_without_its_address()
    {
        var payload = Encoding.UTF8.GetBytes($$"""{"endpoint":"{{Secret}}","event_id":"e","body":"{}"}""");
        var shown = Encoding.UTF8.GetString(DeliverTask.Shown(payload));
        Assert.DoesNotContain("hidden", shown, StringComparison.Ordinal);
        var id = new WebhookAddress(new Uri(Secret)).Id;
        Assert.Contains(id, shown, StringComparison.Ordinal);
        Assert.Equal(id, new DeliverTask(Secret, "e", "{}").EndpointId());
        Assert.Equal(id, new DeliverTask(id, "e", "{}").EndpointId());
    }
}
