using System.Text.Json;
using Chat.Server.Notifications;

namespace Chat.Tests.Unit.Notifications;

public sealed class NoticeJsonTests
{
    [Fact]
    public void Times_of_a_webhook_are_written_like_all_others()
    {
        var time = new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)).AddMicroseconds(250_001);
        var notice = new UnreadNotice("e", Guid.Empty, "group", null, [],
            [new NoticeMessage(Guid.Empty, 1, "ann", 0, "hi", time)], 1);
        var json = JsonSerializer.Serialize(notice, NotificationJson.Default.UnreadNotice);
        Assert.Contains("\"created_at\":\"2026-01-01T00:00:00.250001Z\"", json, StringComparison.Ordinal);
    }
}
