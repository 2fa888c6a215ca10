namespace Chat.Server.Tasks;

/// <summary>A type of task that is due once per interval, on any one instance.</summary>
internal sealed record PeriodicTask(string Type, TimeSpan Interval);
