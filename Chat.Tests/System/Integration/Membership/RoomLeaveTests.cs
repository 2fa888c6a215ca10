using System.Net.Http.Json;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Integration.Instances;

namespace Chat.Tests.Integration.Membership;

/// <summary>A client that leaves the REST room is shown nothing more, on any instance. CH-70.</summary>
public sealed class RoomLeaveTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_leave_ends_the_waiting_poll_at_once_and_the_user_is_soon_offline(bool onTheSame)
    {
        await using var instances = await TwoInstances.StartAsync(DatabaseKind.Sqlite,
            ("Chat:Room:PollSeconds", "300"), ("Chat:Room:RecheckSeconds", "60"),
            ("Chat:Presence:LingerSeconds", "1"), ("Chat:Presence:RestSeconds", "300"));
        var (a, b) = (instances.A, instances.B);
        await using var watcher = await b.ConnectHubAsync("watcher");
        using var joined = await a.Http.PostAsJsonAsync("/api/join", new { client_id = "gone" });
        joined.EnsureSuccessStatusCode();
        var poll = a.Http.GetStringAsync("/api/messages?client_id=gone");
        await Eventually.HoldsAsync(() => IsOnlineAsync());

        using var left = await (onTheSame ? a : b).Http.PostAsJsonAsync("/api/leave", new { client_id = "gone" });
        left.EnsureSuccessStatusCode();

        Assert.Equal("""{"messages":[]}""", await poll.WaitAsync(Bounds.Wait));
        // Within the linger, not with the end of the poll's or the client's own time: those are longer than the bound.
        await Eventually.HoldsAsync(async () => !await IsOnlineAsync());

        async Task<bool> IsOnlineAsync() => (await watcher.GetPresenceAsync(ConversationId.Lobby)).Users
            .Any(user => user.UserId.Value == "gone" && user.Online);
    }
}
