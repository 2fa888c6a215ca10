namespace Chat.Server.Tasks;

/// <summary>One failure in a task's history.</summary>
internal sealed record TaskError(int Attempt, DateTimeOffset At, string Error);
