namespace Chat.Server.Tasks.Store;

internal sealed record TaskCount(string Queue, TaskState State, long Count);
