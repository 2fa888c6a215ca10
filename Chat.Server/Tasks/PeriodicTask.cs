namespace Chat.Server.Tasks;

/// <summary>A type of task that is due once in every interval, whichever instance runs it.</summary>
internal sealed record PeriodicTask(string Type, TimeSpan Interval);
