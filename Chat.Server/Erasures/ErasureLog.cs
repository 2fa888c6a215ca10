namespace Chat.Server.Erasures;

internal static partial class ErasureLog
{
    [LoggerMessage(9701, LogLevel.Information, "The content of a user was erased (erasure {Erasure}): {Messages} "
        + "messages in {Conversations} conversations")]
    public static partial void UserErased(ILogger logger, Guid erasure, long conversations, long messages);
}
