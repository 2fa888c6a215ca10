using System.Security.Claims;
using Chat.Server;
using Chat.Server.Embedding;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class ChatBuilderExtensions
{
    /// <summary>Maps whom the application has signed in to a user of the chat. Without it the claim <c>sub</c> (or
    /// ASP.NET's name for it) is the user's id, and <c>name</c> the user's name.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="map">Asked for every request of a signed-in user, so it must be quick. Null: this user may not
    /// use the chat.</param>
    public static IChatBuilder MapUser(this IChatBuilder chat, Func<ClaimsPrincipal, ChatUser?> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        ChatBuilder.Of(chat).Setup.MapUser = map;
        return chat;
    }
}
