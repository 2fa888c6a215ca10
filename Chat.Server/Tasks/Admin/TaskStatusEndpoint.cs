using System.Text.Json;
using Chat.Server.Identity;
using Chat.Server.Tasks.Store;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Tasks.Admin;

/// <summary>The state of a task for its sender. Those of others, and of other tenants, do not exist; only open mode
/// knows no sender.</summary>
internal sealed class TaskStatusEndpoint(TaskAdminStore store, IIdentity identity)
{
    public async Task AnswerAsync(HttpContext http, string text)
    {
        var row = await store.FindAsync(TaskAdminArguments.Id(text), http.RequestAborted);
        if (row is null || !IsShown(http, row)) throw new NotFoundException("task not found");
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK,
            new TaskStatusBody(row.Id, row.Type, row.Queue, TaskAdminArguments.NameOf(row.State), row.Attempts,
                row.MaxRetry, row.LastError, row.EnqueuedAt, row.RunAt, row.FinishedAt),
            TaskAdminJson.Default.TaskStatusBody);
    }

    private bool IsShown(HttpContext http, TaskRow row)
    {
        if (identity.FindProven(http) is not { } caller) return true;
        if (row.Type != ChatSendTask.Type
            || JsonSerializer.Deserialize(row.Payload, ChatSendJson.Default.ChatSendTask) is not { } task) return false;
        var sender = task.Sender.User;
        return caller.IsApplication ? sender.Tenant == caller.Tenant : sender == caller.User;
    }
}
