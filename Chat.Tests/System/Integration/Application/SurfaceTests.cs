using System.Text.Json;
using Chat.Server;
using Chat.Tests.Integration.Rest;

namespace Chat.Tests.Integration.Application;

/// <summary>What the application does in process, back ends do over REST, and the other way round.</summary>
public sealed class SurfaceTests(RestServerFixture fixture) : IClassFixture<RestServerFixture>
{
    /// <summary>Each method, and the operations that do the same.</summary>
    private static readonly Dictionary<string, string[]> Same = new()
    {
        // With X-Chat-User, and without.
        ["IChat.As"] = [], ["IChat.get_AsSystem"] = [], ["IChat.AsSystemFor"] = [],
        ["IChat.EraseUserAsync"] = ["eraseUser"], ["IChat.FindErasureAsync"] = ["getUserErasure"],
        ["IChat.ExportUserAsync"] = ["exportUser"], ["IChat.ImportAsync"] = ["importHistory"],
        ["IChat.RewindAsync"] = ["rewindObserver"],
        ["IChatActor.CreateAsync"] = ["createConversation"], ["IChatActor.ChangeAsync"] = ["changeConversation"],
        ["IChatActor.SendAsync"] = ["storeMessage"], ["IChatActor.EditAsync"] = ["editMessage"],
        ["IChatActor.DeleteAsync"] = ["deleteMessage"], ["IChatActor.SetReactionsAsync"] = ["setReactions"],
        ["IChatActor.SetPinnedAsync"] = ["pinMessage", "unpinMessage"],
        ["IChatActor.AddAsync"] = ["addParticipants"], ["IChatActor.RemoveAsync"] = ["removeParticipant"],
        ["IChatActor.SetRoleAsync"] = ["setRole"], ["IChatActor.MarkReadAsync"] = ["markRead"],
        ["IChatActor.MarkUnreadAsync"] = ["markUnread"],
        ["IChatActor.SetMutedAsync"] = ["muteConversation", "unmuteConversation"],
        ["IChatActor.FollowAsync"] = ["followThread", "unfollowThread"],
        ["IChatActor.BlockAsync"] = ["blockUser", "unblockUser"], ["IChatActor.ReportAsync"] = ["report"],
        ["IChatActor.CloseReportAsync"] = ["closeReport", "closeReportForKey"],
        ["IChatActor.ListAsync"] = ["listConversations"], ["IChatActor.ParticipantsAsync"] = ["listParticipants"],
        ["IChatActor.HistoryAsync"] = ["listMessages"], ["IChatActor.ReadAsync"] = ["listMessages"],
        ["IChatActor.MessageAsync"] = ["getMessage"], ["IChatActor.VersionsAsync"] = ["listVersions"],
        ["IChatActor.ReactionsAsync"] = ["listReactions"], ["IChatActor.PinsAsync"] = ["listPins"],
        ["IChatActor.ThreadsAsync"] = ["listThreads"],
        ["IChatActor.ReadPositionsAsync"] = ["listReadPositions"], ["IChatActor.MentionsAsync"] = ["listMentions"],
        ["IChatActor.UsersAsync"] = ["listUsers"], ["IChatActor.BlocksAsync"] = ["listBlocks"],
        ["IChatActor.ReportsAsync"] = ["listReports", "listAllReports", "listReportsForKey"],
    };

    /// <summary>What there is over REST alone, and why.</summary>
    private static readonly Dictionary<string, string[]> OnlyOverRest = new()
    {
        ["It is stored later, as go-chatty did; the application waits until it is stored."] =
            ["sendMessage", "getTask"],
        ["In process it is known who calls."] = ["getMe"],
        ["The application signs its users in, and out."] =
            ["createKey", "listKeys", "revokeKey", "createToken", "revokeToken", "revokeUser", "deactivateUser",
                "reactivateUser", "listSuspendedTenants", "suspendTenant", "resumeTenant"],
        ["The room of chat-room."] = ["joinRoom", "leaveRoom", "sendToRoom", "pollRoom"],
        ["For operators."] =
            ["listAudit", "listQueues", "listTasks", "runTask", "archiveTask", "deleteTask", "runTasks",
                "archiveTasks", "deleteTasks", "pauseQueue", "resumeQueue", "listWebhooks", "enableWebhook",
                "replayWebhook", "listObservers", "retryObserver", "listRefused", "retryRefused", "deleteRefused"],
    };

    // CH-308
    [Fact]
    public async Task Both_have_the_same()
    {
        var methods = new[] { typeof(IChat), typeof(IChatActor) }
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}")).ToList();
        using var document = JsonDocument.Parse(await fixture.Server.Operators.GetStringAsync("/openapi/v1.json"));
        var operations = document.RootElement.GetProperty("paths").EnumerateObject()
            .Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.GetProperty("operationId").GetString()!).ToList();
        string[] known = [.. Same.Values.SelectMany(ids => ids), .. OnlyOverRest.Values.SelectMany(ids => ids)];

        Assert.Empty(methods.Except(Same.Keys).Select(name => $"{name} is not there over REST"));
        Assert.Empty(Same.Keys.Except(methods).Select(name => $"{name} is there no longer"));
        Assert.Empty(operations.Except(known).Select(id => $"{id} is not there in process"));
        Assert.Empty(known.Except(operations).Select(id => $"{id} is there no longer"));
    }
}
