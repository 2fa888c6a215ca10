using System.Globalization;
using System.Net;
using System.Text;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Webhooks.Posting;

namespace Chat.Tests.Integration.Webhooks;

/// <summary>The sample takes both kinds of posts, and only those that are signed, new and not seen yet.</summary>
public sealed class WebhookSampleTests
{
    [Fact]
    public async Task The_sample_takes_what_the_server_posts_each_once()
    {
        var (url, sample) = await StartAsync();
        await using var _ = sample;
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await WebhookSpec.StartAsync(database,
            ("Chat:Webhooks:sample:Url", url), ("Chat:Webhooks:sample:Secret", EventReceiver.Secret),
            ("Chat:Notifications:Endpoints", url), ("Chat:Notifications:Secret", EventReceiver.Secret),
            ("Chat:Notifications:GatherSeconds", "0"), ("Chat:Tasks:PollMilliseconds", "50"));
        await using var ann = await server.ConnectHubAsync("ann");
        var room = (await ann.CreateConversationAsync(new() { ParticipantIds = [UserId.Parse("ben")] })).Id;
        await ann.SendAsync(room, "first");
        await Eventually.HoldsAsync(() => sample.Output.Contains("tell ben: 1 unread, the last from ann: first",
            StringComparison.Ordinal) && sample.Output.Contains($"entry.message {room} 2 of ann: first",
            StringComparison.Ordinal));

        using var replayed = await server.Operators.PostAsync("/api/v1/admin/webhooks/sample/replay",
            new StringContent("""{"from":"beginning"}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, replayed.StatusCode);
        await ann.SendAsync(room, "last");
        await sample.UntilAsync($"entry.message {room} 3 of ann: last");
        Assert.Single(sample.Output.Split('\n'), line => line.EndsWith("2 of ann: first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_sample_takes_nothing_that_is_not_signed_or_is_old_or_was_seen()
    {
        var (url, sample) = await StartAsync();
        await using var _ = sample;
        const string body = """{"type":"entry.message","data":{"conversationId":"c","sequence":7,"senderId":"ann"}}""";
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("a", now, EventReceiver.Secret, body, body + " "));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("a", now - 3_600, EventReceiver.Secret, body, body));
        Assert.Equal(HttpStatusCode.Unauthorized,
            await PostAsync("a", long.MaxValue, EventReceiver.Secret, body, body));
        Assert.Equal(HttpStatusCode.Unauthorized,
            await PostAsync("a", now, $"whsec_{Convert.ToBase64String(new byte[24])}", body, body));
        Assert.DoesNotContain("entry.message", sample.Output, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("a", now, EventReceiver.Secret, body, body));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("a", now, EventReceiver.Secret, body, body));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("b", now, EventReceiver.Secret, body, body));
        await Eventually.HoldsAsync(() => Lines() == 2);

        int Lines() => sample.Output.Split('\n')
            .Count(line => line.StartsWith("entry.message c 7", StringComparison.Ordinal));

        async Task<HttpStatusCode> PostAsync(string id, long timestamp, string secret, string signed, string sent)
        {
            using var http = new HttpClient();
            using var request = WebhookRequest.Create(new Uri(url), [], id, timestamp, Encoding.UTF8.GetBytes(sent));
            request.Headers.Remove(WebhookRequest.Signature);
            request.Headers.Add(WebhookRequest.Signature, "v1,AAAA "
                + WebhookRequest.Sign([WebhookSecret.Read(secret)!], id, timestamp, Encoding.UTF8.GetBytes(signed)));
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private static async Task<(string Url, SampleProcess Sample)> StartAsync()
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        var sample = SampleProcess.Start("WebhookReceiver", "--urls", at, "--CHAT_SECRET", EventReceiver.Secret);
        await sample.UntilAsync("Now listening on");
        return ($"{at}/hook", sample);
    }
}
