using Chat.Server.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Tests.Unit.Identity;

/// <summary>CH-160: a token is taken out of the address.</summary>
public sealed class QueryTokenTests
{
    [Theory]
    [InlineData("?access_token=a.b.c", "", "a.b.c")]
    [InlineData("?user_id=ann&access_token=a.b.c&features=seq", "?user_id=ann&features=seq", "a.b.c")]
    [InlineData("?access_token=a&x=1&access_token=b", "?x=1", "a,b")]
    [InlineData("?ACCESS_TOKEN=a", "", "a")]
    [InlineData("?access%5Ftoken=a%2Eb", "", "a.b")]
    [InlineData("?access_token", "", "")]
    [InlineData("?access_token=", "", "")]
    public void Every_token_is_taken_out_and_the_rest_stays(string query, string left, string tokens)
    {
        var http = Request(query);
        Assert.Equal(tokens, string.Join(',', QueryToken.Of(http)));
        Assert.Equal(left, http.Request.QueryString.Value);
        Assert.Equal("/hubs/chat" + left, http.Features.Get<IHttpRequestFeature>()!.RawTarget);
        Assert.Equal(tokens, string.Join(',', QueryToken.Of(http))); // once more is the same
        Assert.DoesNotContain("token", http.Request.Query.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?user_id=ann")]
    [InlineData("?xaccess_token=a&access_token2=b")]
    public void An_address_without_one_is_left_alone(string query)
    {
        var http = Request(query);
        Assert.Empty(QueryToken.Of(http));
        Assert.Equal(query, http.Request.QueryString.Value);
    }

    private static DefaultHttpContext Request(string query)
    {
        var http = new DefaultHttpContext();
        var request = http.Features.Get<IHttpRequestFeature>()!;
        (request.QueryString, request.RawTarget) = (query, "/hubs/chat" + query);
        return http;
    }
}
