using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.Configuration;
using Chat.Server.Policies;
using Chat.Server.Webhooks;
using FluentAssertions;
using Microsoft.Extensions.Configuration;

namespace Chat.Tests.Unit.Webhooks;

/// <summary>Settings of webhooks, and the words of those that cannot be used.</summary>
public sealed class WebhookSettingsTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Url = "https://example.org/hidden";

    private const string NoSecret = "Chat:Webhooks:a:Secret: one or two secrets are needed, each whsec_ and 24 to 64 "
        + "bytes in base64; openssl rand -base64 32 makes what stands behind whsec_";

    [Fact]
    public void What_is_set_is_read_and_the_rest_has_its_default()
    {
        var all = Read(("a:Url", Url), ("a:Secret", Secret), ("b:Url", "http://localhost:1/"),
            ("b:Secret", $"{Secret},{Secret}"), ("b:Kinds", "content,pinned"), ("b:Tenant", "acme"),
            ("b:Conversations", "019a0000-0000-7000-8000-000000000001"), ("b:TimeoutSeconds", "3"), ("b:AtOnce", "1"),
            ("BeforeSend:Url", Url), ("BeforeSend:Secret", Secret), ("BeforeSend:OnFailure", "allow"),
            ("c:Url", ""));
        all.Endpoints.Select(one => one.Name).Should().Equal("a", "b");
        var (a, b) = (all.Endpoints[0], all.Endpoints[1]);
        (a.Kinds, a.Tenant, a.Conversations, a.Timeout, a.AtOnce, a.Observer).Should()
            .Be((null, null, null, TimeSpan.FromSeconds(10), 8, "webhook/a"));
        (b.Kinds, b.Tenant!.Value.Name, b.Timeout, b.AtOnce, b.Keys.Count).Should()
            .Be((EntryKinds.Content | EntryKinds.Pinned, "acme", TimeSpan.FromSeconds(3), 1, 2));
        b.Conversations.Should().Equal(new ConversationId(new Guid("019a0000-0000-7000-8000-000000000001")));
        all.BeforeSend!.Budget.Should().Be(TimeSpan.FromMilliseconds(500));
        all.BeforeSend.OnFailure.Should().Be(PolicyFailure.Allow);
        Read().Endpoints.Should().BeEmpty();
    }

    [Theory]
    [InlineData("a:Url", "", "Chat:Webhooks:a:Url: is not an absolute https address")]
    [InlineData("a:Url", "hidden", "Chat:Webhooks:a:Url: is not an absolute https address")]
    [InlineData("a:Url", "ftp://example.org/hidden", "Chat:Webhooks:a:Url: is not an absolute https address")]
    [InlineData("a:Url", "http://example.org/hidden",
        "Chat:Webhooks:a:Url: is not https; Chat:Webhooks:a:AllowHttp=true permits it")]
    [InlineData("a:AllowHttp", "hidden", "Chat:Webhooks:a:AllowHttp: is true or false")]
    [InlineData("a:Secret", "", NoSecret)]
    [InlineData("a:Secret", "hidden", NoSecret)]
    [InlineData("a:Secret", $"{Secret},{Secret},{Secret}", NoSecret)]
    [InlineData("a:Tenant", "A", "Chat:Webhooks:a:Tenant: A is none; one has 1 to 64 characters of a-z, 0-9 and -")]
    [InlineData("a:Conversations", "x", "Chat:Webhooks:a:Conversations: x is no id of one")]
    [InlineData("a:Conversations", "00000000-0000-0000-0000-000000000001",
        "Chat:Webhooks:a:Conversations: nobody is told of the lobby")]
    [InlineData("a:TimeoutSeconds", "0", "Chat:Webhooks:a:TimeoutSeconds: is a whole number from 1 to 120")]
    [InlineData("a:AtOnce", "65", "Chat:Webhooks:a:AtOnce: is a whole number from 1 to 64")]
    [InlineData("BeforeSend:BudgetMilliseconds", "9",
        "Chat:Webhooks:BeforeSend:BudgetMilliseconds: is a whole number from 10 to 5000")]
    [InlineData("BeforeSend:OnFailure", "", "Chat:Webhooks:BeforeSend:OnFailure: must say what becomes of a message "
        + "while there is no answer: Refuse (it is not stored, and may be sent again) or Allow (it is stored)")]
    [InlineData("BeforeSend:OnFailure", "1", "Chat:Webhooks:BeforeSend:OnFailure: must say what becomes of a message "
        + "while there is no answer: Refuse (it is not stored, and may be sent again) or Allow (it is stored)")]
    public void What_cannot_be_used_is_refused_in_words_without_an_address_or_a_secret(
        string setting, string value, string words)
    {
        var settings = new Dictionary<string, string>
        {
            ["a:Url"] = Url, ["a:Secret"] = Secret, ["BeforeSend:Url"] = Url, ["BeforeSend:Secret"] = Secret,
            ["BeforeSend:OnFailure"] = "Refuse", [setting] = value,
        };
        var refused = FluentActions.Invoking(() => Read([.. settings.Select(one => (one.Key, one.Value))]))
            .Should().Throw<ConfigurationException>().Which;
        refused.Problems.Should().Equal(words);
        refused.Message.Should().NotContain("hidden").And.NotContain("MfKQ9r8");
    }

    [Fact]
    public void A_kind_that_there_is_not_is_refused_with_those_that_there_are()
    {
        foreach (var kind in new[] { "mesage", "None", "1" })
            FluentActions.Invoking(() => Read(("a:Url", Url), ("a:Secret", Secret), ("a:Kinds", kind)))
                .Should().Throw<ConfigurationException>().Which.Message.Should()
                .StartWith($"Chat:Webhooks:a:Kinds: {kind} is no kind of entry; some of Message, ")
                .And.Contain("Content");
    }

    [Fact]
    public void A_name_that_cannot_be_one_is_refused() =>
        FluentActions.Invoking(() => Read(("a b:Url", Url), ("a b:Secret", Secret)))
            .Should().Throw<ConfigurationException>().Which.Message.Should()
            .Be("Chat:Webhooks:a b: a name has 1 to 64 letters, digits, dashes and underscores");

    private static AllWebhooks Read(params (string Name, string Value)[] settings) => AllWebhooks.Read(
        new ConfigurationBuilder().AddInMemoryCollection(
            settings.ToDictionary(one => $"Chat:Webhooks:{one.Name}", one => (string?)one.Value)).Build());
}
