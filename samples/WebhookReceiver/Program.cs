// Takes the notices of docs/notifications.md, checks who sent them, and prints whom to tell.
// CHAT_SECRET=… dotnet run --project samples/WebhookReceiver -- --urls http://localhost:9090
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

var secret = Encoding.UTF8.GetBytes(
    Environment.GetEnvironmentVariable("CHAT_SECRET")
        ?? throw new InvalidOperationException("set CHAT_SECRET to one of Chat:Notifications:Secret"));
var longestAge = TimeSpan.FromMinutes(5);
var seen = new HashSet<string>(); // keep it where it survives a restart

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
var app = builder.Build();
app.MapPost("/hook", async (HttpRequest request, TimeProvider time) =>
{
    using var copy = new MemoryStream();
    await request.Body.CopyToAsync(copy);
    var body = copy.ToArray();
    var timestamp = request.Headers["X-Chat-Timestamp"].ToString();
    if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        || (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > longestAge)
        return Results.Unauthorized();
    var expected = Encoding.ASCII.GetBytes("v1="
        + Convert.ToHexStringLower(
            HMACSHA256.HashData(secret, (byte[])[.. Encoding.ASCII.GetBytes(timestamp + "."), .. body])));
    var isSigned = request.Headers["X-Chat-Signature"].ToString().Split(',')
        .Any(one => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), expected));
    if (!isSigned) return Results.Unauthorized();

    var notice = JsonDocument.Parse(body).RootElement;
    // The id in the body is signed; the header X-Chat-Event is not, so it proves nothing.
    var id = notice.GetProperty("event_id").GetString()!;
    lock (seen)
        if (!seen.Add(id)) return Results.NoContent(); // told before: the answer was lost
    var last = notice.GetProperty("messages").EnumerateArray().Last();
    foreach (var recipient in notice.GetProperty("recipients").EnumerateArray())
        Console.WriteLine(
            $"tell {recipient.GetProperty("user_id")}: {recipient.GetProperty("unread_count")} unread, the last from "
                + $"{last.GetProperty("sender_id")}: {last.GetProperty("preview")}");
    return Results.NoContent();
});
app.Run();
