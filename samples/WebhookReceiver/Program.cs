// Takes the posts of docs/webhooks.md and docs/notifications.md, checks who sent them, and prints what they say.
// CHAT_SECRET=… dotnet run --project samples/WebhookReceiver -- --urls http://localhost:9090
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

var builder = WebApplication.CreateBuilder(args);
var secret = builder.Configuration["CHAT_SECRET"]
    ?? throw new InvalidOperationException("set CHAT_SECRET to the secret of the webhook, or one of its two");
const string prefix = "whsec_";
// The standard's form; a secret of another form, which notifications may have, is its text.
var key = secret.StartsWith(prefix, StringComparison.Ordinal)
    ? Convert.FromBase64String(secret[prefix.Length..])
    : Encoding.UTF8.GetBytes(secret);
const int longestBody = 4 * 1024 * 1024;
var longestAge = TimeSpan.FromMinutes(5);
var seen = new HashSet<string>(); // keep it where it survives a restart

builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = longestBody);
builder.Services.AddSingleton(TimeProvider.System);
var app = builder.Build();
app.MapPost("/hook", async (HttpRequest request, TimeProvider time) =>
{
    using var copy = new MemoryStream();
    await request.Body.CopyToAsync(copy);
    var (id, timestamp) = (Header("webhook-id"), Header("webhook-timestamp"));
    if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        || Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) > longestAge.TotalSeconds)
        return Results.Unauthorized();
    byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. copy.ToArray()];
    var expected = Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
    if (!Header("webhook-signature").Split(' ').Any(
        one => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), expected)))
        return Results.Unauthorized();

    lock (seen)
    {
        if (seen.Contains(id)) return Results.NoContent(); // told before: the answer was lost
        Print(JsonDocument.Parse(copy.ToArray()).RootElement);
        seen.Add(id); // not before: what fails comes again
    }
    return Results.NoContent();

    string Header(string name) => request.Headers[name].ToString();
});
app.Run();

static void Print(JsonElement told)
{
    if (told.GetProperty("type").GetString() == "messages.unread")
    {
        var last = told.GetProperty("messages").EnumerateArray().Last();
        foreach (var recipient in told.GetProperty("recipients").EnumerateArray())
            Console.WriteLine($"tell {recipient.GetProperty("user_id")}: {recipient.GetProperty("unread_count")} "
                + $"unread, the last from {last.GetProperty("sender_id")}: {last.GetProperty("preview")}");
        return;
    }
    var entry = told.GetProperty("data");
    Console.WriteLine($"{told.GetProperty("type")} {entry.GetProperty("conversationId")} "
        + $"{entry.GetProperty("sequence")} of {entry.GetProperty("senderId")}"
        + (entry.TryGetProperty("body", out var body) ? $": {body}" : ""));
}
