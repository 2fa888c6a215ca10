using Chat.Server.Embedding;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class ChatBuilderExtensions
{
    /// <summary>Tells other instances at once what this one has stored. Without it, and on PostgreSQL, they see it
    /// within seconds.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="configuration">Redis 7.0 or newer, as a <c>redis://</c> URL or in the form of
    /// StackExchange.Redis.</param>
    public static IChatBuilder UseRedis(this IChatBuilder chat, string configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        ChatBuilder.Of(chat).Setup.Redis = configuration;
        return chat;
    }
}
