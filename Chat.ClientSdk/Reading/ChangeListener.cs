using Chat.ClientSdk.Connection;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Reading;

/// <summary>Calls code of the application with changes of one kind, of users' names or of reports, by
/// <see cref="Aside{T}"/>: nothing waits for it.</summary>
internal static partial class ChangeListener
{
    /// <param name="pick">The change in a push; null where the push is of another kind.</param>
    /// <param name="handler">The application's.</param>
    /// <param name="logger">For what the handler throws.</param>
    /// <returns>To be called with all pushes.</returns>
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
