namespace Chat.Benchmarks.Load;

/// <summary>The command line cannot be used; the text says what is allowed.</summary>
internal sealed class UsageException(string message) : Exception(message);
