namespace Chat.Server.Transfer;

/// <summary>A file that cannot be imported, or a database that it cannot be imported into. The message is for
/// people.</summary>
internal sealed class TransferException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <param name="number">The line in which it was found.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="inner">What said so.</param>
    public static TransferException At(long number, string problem, Exception? inner = null) =>
        new($"line {number}: {problem}", inner);
}
