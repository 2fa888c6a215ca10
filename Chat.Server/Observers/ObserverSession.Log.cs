using Chat.Contracts.Identifiers;

namespace Chat.Server.Observers;

/// <content>What operators are told.</content>
internal sealed partial class ObserverSession
{
    private static partial class Log
    {
        [LoggerMessage(9752, LogLevel.Error,
            "Observer {Observer} failed with conversation {Conversation}, {Attempts} times in a row; it is tried again "
            + "later, and the others go on")]
        public static partial void Failed(
            ILogger logger, string observer, ConversationId conversation, int attempts, Exception error);

        [LoggerMessage(9753, LogLevel.Error,
            "Observer {Observer} fails with everything: it waits, keeps its place, and is tried again")]
        public static partial void Stalls(ILogger logger, string observer, Exception error);

        [LoggerMessage(9754, LogLevel.Error,
            "Observer {Observer} failed with {Count} conversations: it waits, keeps its place, and is tried again")]
        public static partial void TooMany(ILogger logger, string observer, int count);

        [LoggerMessage(9755, LogLevel.Information, "Observer {Observer} goes on")]
        public static partial void GoesOn(ILogger logger, string observer);
    }
}
