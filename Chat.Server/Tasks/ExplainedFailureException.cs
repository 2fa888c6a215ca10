namespace Chat.Server.Tasks;

/// <summary>A failure of a task that its message explains: it is logged without a stack.</summary>
internal class ExplainedFailureException(string message, Exception? inner = null) : Exception(message, inner);
