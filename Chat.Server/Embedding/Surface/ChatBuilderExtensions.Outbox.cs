using Chat.Server;
using Chat.Server.Embedding;
using Chat.Server.Outbox;
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
        var builder = ChatBuilder.Of(chat);
        builder.Services.AddOutbox<TContext>(EmbeddedChat.ServicesIn);
        // For operators, who ask the chat.
        builder.Setup.Inside?.Add(inside => inside.AddSingleton<IOutboxStore>(provider =>
            provider.GetRequiredService<HostServices>().Provider.GetRequiredService<OutboxStore<TContext>>()));
        return chat;
    }
}
