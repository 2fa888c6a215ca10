namespace Chat.Server.Observers.Store;

/// <summary>Numbers of rows of the log, the first and the last included.</summary>
internal readonly record struct IdRange(long First, long Last);
