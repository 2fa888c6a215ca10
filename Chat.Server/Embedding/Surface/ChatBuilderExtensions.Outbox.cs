using Chat.Server;
using Chat.Server.Embedding;
using Chat.Server.Outbox.Store;
using Microsoft.EntityFrameworkCore;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class ChatBuilderExtensions
{
    /// <summary>Sends what transactions of this context put into its outbox (<see cref="ChatOutbox"/>), once they are
    /// committed. The context is registered by the application, in whatever way, with <c>AddDbContext</c> or
    /// <c>AddDbContextPool</c>; its model has the table (<see cref="ChatOutboxExtensions.MapChatOutbox"/>).</summary>
    /// <typeparam name="TContext">The context.</typeparam>
    /// <param name="chat">The chat.</param>
    public static IChatBuilder AddOutbox<TContext>(this IChatBuilder chat)
        where TContext : DbContext
    {
        ChatBuilder.Of(chat).Services.AddOutbox<TContext>(EmbeddedChat.ServicesIn);
        return chat;
    }
}
