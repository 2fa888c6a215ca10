using Chat.Server.Embedding;
using Chat.Server.Hosting.Drain;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class ChatBuilderExtensions
{
    /// <summary>Empties this instance before it stops: clients are asked to connect again, spread over
    /// <c>Chat:Server:DrainSeconds</c>. Takes over the application's <see cref="Hosting.IHostLifetime"/>: the signals
    /// to stop begin the drain, and the stop follows it.</summary>
    /// <param name="chat">The chat.</param>
    public static IChatBuilder DrainOnShutdown(this IChatBuilder chat)
    {
        ChatBuilder.Of(chat).Services.AddDrainLifetime(EmbeddedChat.ServicesIn);
        return chat;
    }
}
