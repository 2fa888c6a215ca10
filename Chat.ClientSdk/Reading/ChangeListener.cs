using Chat.ClientSdk.Connection;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Reading;

/// <summary>Brings changes of one kind, of users' names or of reports, to code of the application, aside.</summary>
internal static partial class ChangeListener
{
    /// <param name="pick">What is of that kind; null for all else.</param>
    /// <param name="handler">The application's.</param>
    /// <param name="logger">Is told what the handler throws.</param>
    /// <returns>Takes all that a server sends.</returns>
    public static Action<Push> Of<T>(Func<Push, T?> pick, Action<T> handler, ILogger logger)
        where T : class
    {
        var aside = new Aside<T>(change =>
        {
            try
            {
                handler(change);
            }
            catch (Exception ex) // whatever the application does
            {
                Log.HandlerFailed(logger, ex);
            }
        });
        return push =>
        {
            if (pick(push) is { } change) aside.Add(change);
        };
    }

    private static partial class Log
    {
        [LoggerMessage(7043, LogLevel.Error, "A handler of changes of users' names or of reports failed")]
        public static partial void HandlerFailed(ILogger logger, Exception exception);
    }
}
