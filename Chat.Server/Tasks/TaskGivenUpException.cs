namespace Chat.Server.Tasks;

/// <summary>Trying again is of no use: the task is archived at once.</summary>
internal sealed class TaskGivenUpException(string message, Exception? inner = null) : Exception(message, inner);
