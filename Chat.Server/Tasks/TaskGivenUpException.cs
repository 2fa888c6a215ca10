namespace Chat.Server.Tasks;

/// <summary>Trying again is of no use: the task is archived at once.</summary>
/// <param name="message">Why, as operators are shown it.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class TaskGivenUpException(string message, Exception? inner = null) : Exception(message, inner);
