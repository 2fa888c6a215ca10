using Chat.Server;
using Chat.Server.Embedding;
using Chat.Server.Observers;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class ChatBuilderExtensions
{
    /// <summary>Shows <typeparamref name="T"/> every entry after its commit, at least once and in the order of each
    /// conversation, from a mark in the database. Each batch has a scope of the application's services.</summary>
    /// <typeparam name="T">The observer.</typeparam>
    /// <param name="chat">The chat.</param>
    /// <param name="name">Names its mark, 1 to 100 characters. Under another name it is a new one.</param>
    /// <param name="configure">Changes the defaults.</param>
    public static IChatBuilder AddObserver<T>(
        this IChatBuilder chat, string name, Action<ChatObserverOptions>? configure = null)
        where T : class, IChatObserver
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var builder = ChatBuilder.Of(chat);
        builder.Services.TryAddScoped<T>();
        builder.Inside(services => ObserversRegistration.AddObserver<T>(services, name, configure));
        builder.ShareScoped<T>();
        return chat;
    }
}
