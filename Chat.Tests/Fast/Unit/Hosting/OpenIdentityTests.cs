using Chat.Contracts.Identifiers;
using Chat.Server.Identity;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chat.Tests.Unit.Hosting;

public sealed class OpenIdentityTests
{
    private readonly OpenIdentity _identity = new();

    [Theory]
    [InlineData("?user_id=ann", "ann")]
    [InlineData("?userId=ann", "ann")]
    [InlineData("?user_id=ann&userId=bob", "ann")]
    [InlineData("?user_id=J%C3%B6rg%20%F0%9F%99%82", "Jörg 🙂")]
    public void The_query_names_the_caller_in_either_spelling(string query, string expected)
    {
        Assert.True(_identity.TryIdentify(Request(query), out var caller, out _));
        Assert.Equal(UserId.Parse(expected).Key(), caller.User);
    }

    [Theory]
    [InlineData("", "user_id is required")]
    [InlineData("?user_id=", "user_id is required")]
    [InlineData("?userId=", "userId is required")]
    [InlineData("?user_id=a%00b", "user_id must not contain control characters")]
    [InlineData("?user_id=ann&user_id=bob", "user_id must be given once")]
    [InlineData("?userId=ann&userId=ann", "userId must be given once")]
    public void A_missing_or_bad_name_is_told_by_its_parameter(string query, string expected)
    {
        Assert.False(_identity.TryIdentify(Request(query), out _, out var problem));
        Assert.Equal(expected, problem?.Message);
    }

    [Fact]
    public void A_name_in_a_body_is_judged_by_the_same_rules()
    {
        Assert.True(_identity.TryNamed(Request(""), "sender_id", new string('a', 255), out _, out _));
        Assert.False(_identity.TryNamed(Request(""), "sender_id", new string('a', 256), out _, out var problem));
        Assert.Equal("sender_id must have at most 255 characters (Unicode code points)", problem?.Message);
        Assert.False(_identity.TryNamed(Request(""), "client_id", null, out _, out problem));
        Assert.Equal("client_id is required", problem?.Message);
        Assert.False(_identity.TryNamed(Request(""), "client_id", "\ud800", out _, out problem));
        Assert.Equal("client_id must be valid Unicode text", problem?.Message);
    }

    private static DefaultHttpContext Request(string query) =>
        new() { Request = { QueryString = new QueryString(query) } };
}
