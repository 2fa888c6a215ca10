using Chat.ClientSdk.Connection;
using Chat.Contracts.Events;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Reading;

/// <summary>Brings changes of users' names to code of the application, aside.</summary>
internal sealed partial class UserListener
{
    private readonly Aside<UserProfile> _aside;

    public UserListener(Action<UserProfile> handler, ILogger logger) => _aside = new(profile =>
    {
        try
        {
            handler(profile);
        }
        catch (Exception ex) // whatever the application does
        {
            Log.HandlerFailed(logger, ex);
        }
    });

    public void Receive(Push push)
    {
        if (push is Push.User { Profile: var profile }) _aside.Add(profile);
    }

    private static partial class Log
    {
        [LoggerMessage(7043, LogLevel.Error, "A handler of changes of users' names failed")]
        public static partial void HandlerFailed(ILogger logger, Exception exception);
    }
}
