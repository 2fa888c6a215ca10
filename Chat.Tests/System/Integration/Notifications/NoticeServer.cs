using System.Text.Json;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Notifications;

/// <summary>Servers that tell a receiver of the test.</summary>
internal static class NoticeServer
{
    public const string Secret = "a secret of the tests";

    public static Task<TestServer> StartAsync(
        TestDatabase database, WebhookReceiver receiver, params (string, string)[] more) =>
        TestServer.StartAsync(database.Settings, [.. SettingsOf(receiver), .. more]);

    public static (string Name, string Value)[] SettingsOf(WebhookReceiver receiver) =>
    [
        ("Chat:Notifications:Endpoints", receiver.Address),
        ("Chat:Notifications:Secret", $"{Secret}, an older one of them"), ("Chat:Notifications:GatherSeconds", "0"),
        ("Chat:Tasks:PollMilliseconds", "50"), ("Chat:Tasks:RetryMilliseconds", "50"),
        ("Chat:Tasks:RetryMaxSeconds", "1"), ("Chat:Notifications:TimeoutSeconds", "60"), // no post is sent twice
    ];

    public static IEnumerable<string?> Recipients(JsonElement notice) => notice.GetProperty("recipients")
        .EnumerateArray().Select(recipient => recipient.GetProperty("user_id").GetString());
}
