using Chat.Server.Embedding;
using Chat.Server.Policies;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class ChatBuilderExtensions
{
    /// <summary>Asks <typeparamref name="T"/> before a user's act is stored, behind the policies that were added
    /// before. It is a singleton of the application.</summary>
    /// <typeparam name="T">The policy.</typeparam>
    /// <param name="chat">The chat.</param>
    /// <param name="configure">How long it may take, and what a failure of it means.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time it may take is out of range.</exception>
    public static IChatBuilder AddPolicy<T>(this IChatBuilder chat, Action<ChatPolicyOptions>? configure = null)
        where T : class, IChatPolicy
    {
        var builder = ChatBuilder.Of(chat);
        builder.Services.TryAddSingleton<T>();
        builder.Inside(services => PoliciesRegistration.AddPolicy<T>(services, configure));
        builder.Share<T>();
        return chat;
    }
}
