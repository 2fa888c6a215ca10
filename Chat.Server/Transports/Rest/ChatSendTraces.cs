using System.Text.Json;
using Chat.Server.Callers;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Transports.Rest;

/// <summary>Messages of an erased user that were accepted over REST and are not in the log: they wait, or were given
/// up. Those that are in the log are erased with their entries.</summary>
internal sealed class ChatSendTraces(TaskUpkeepStore tasks) : IUserTraces
{
    public Task ForgetAsync(UserKey user, CancellationToken ct) => tasks.DeleteUnfinishedAsync(
        ChatSendTask.Type, payload => IsOf(payload, user), ct);

    private static bool IsOf(byte[] payload, UserKey user)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, ChatSendJson.Default.ChatSendTask) is { } task
                && task.Sender.User == user;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return false;
        }
    }
}
