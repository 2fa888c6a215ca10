namespace Chat.Server.Tasks.Admin;

internal sealed record TaskListBody(
    string Queue, string State, int Offset, int Limit, DateTimeOffset Now, List<TaskBody> Tasks);
