using Chat.Server;
using Chat.Server.Embedding;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a chat to an application.</summary>
public static class ChatServiceCollectionExtensions
{
    /// <summary>Adds a chat to this application. Its settings are in section <c>Chat</c> of the configuration, and then
    /// in code. Nothing is read before the application is built, and no option or service of the application is
    /// changed. A container has one chat.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="InvalidOperationException">There is a chat in these services already.</exception>
    public static IChatBuilder AddChat(this IServiceCollection services, Action<ChatOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return ChatBuilder.AddTo(services, configure);
    }
}
