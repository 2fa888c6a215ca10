namespace Chat.Server.Core.MessageLog;

internal sealed partial class BatchCommit
{
    private static partial class Log
    {
        [LoggerMessage(4000, LogLevel.Warning, "A batch of {Count} was rejected; its entries are tried one by one")]
        public static partial void BatchRejected(ILogger logger, int count, Exception exception);

        [LoggerMessage(4001, LogLevel.Error, "A commit of {Count} failed; nothing was stored")]
        public static partial void CommitFailed(ILogger logger, int count, Exception exception);

        [LoggerMessage(4002, LogLevel.Warning,
            "A commit of {Count} ended without an answer; asking the database what happened")]
        public static partial void CommitInDoubt(ILogger logger, int count, Exception exception);

        [LoggerMessage(4003, LogLevel.Error, "The outcome of a commit of {Count} is unknown; the senders were told")]
        public static partial void StillInDoubt(ILogger logger, int count, Exception exception);
    }
}
