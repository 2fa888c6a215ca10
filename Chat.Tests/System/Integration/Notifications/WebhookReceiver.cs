using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Integration.Notifications;

/// <summary>A deployment's own end of the webhooks, which checks signatures as docs/notifications.md says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly Inbox<(string Event, JsonElement Notice)> _taken = new();
    private readonly string _secret;
    private WebApplication _app = null!;
    private int _failures, _atOnce;

    private WebhookReceiver(string secret) => _secret = secret;

    public string Address => _app.Urls.Single() + "/hook";

    /// <summary>Attempts that were answered with an error.</summary>
    public int Failed { get; private set; }

    public static async Task<WebhookReceiver> StartAsync(string secret)
    {
        var receiver = new WebhookReceiver(secret);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver._app = builder.Build();
        receiver._app.MapPost("/hook", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The next so many are answered with 500.</summary>
    public void FailNext(int count) => Interlocked.Exchange(ref _failures, count);

    public Task<(string Event, JsonElement Notice)> NextAsync() => _taken.NextAsync();

    public bool IsEmpty => _taken.IsEmpty;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>From now on no post is answered before this has ended.</summary>
    public Task Holding { get; set; } = Task.CompletedTask;

    /// <summary>How many posts it had at once, at most.</summary>
    public int MostAtOnce { get; private set; }

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        lock (_taken) MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
        try
        {
            await Holding;
            return await AnswerAsync(request);
        }
        finally
        {
            lock (_taken) _atOnce--;
        }
    }

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            Failed++;
            return Results.StatusCode(StatusCodes.Status500InternalServerError);
        }
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy);
        var timestamp = request.Headers["X-Chat-Timestamp"].ToString();
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. copy.ToArray()];
        var expected = "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_secret), signed));
        var age = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()
            - long.Parse(timestamp, CultureInfo.InvariantCulture);
        byte[] standard = [.. Encoding.ASCII.GetBytes($"{request.Headers["webhook-id"]}."), .. signed];
        var current = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_secret), standard));
        if (!request.Headers["webhook-signature"].ToString().Split(' ').Contains(current)
            || request.Headers["webhook-timestamp"] != timestamp
            || request.Headers["webhook-id"] != request.Headers["X-Chat-Event"]) return Results.Unauthorized();
        if (!request.Headers["X-Chat-Signature"].ToString().Split(',').Contains(expected) || Math.Abs(age) > 300)
            return Results.Unauthorized();
        _taken.Add((request.Headers["X-Chat-Event"].ToString(), JsonDocument.Parse(copy.ToArray()).RootElement));
        return Results.NoContent();
    }
}
