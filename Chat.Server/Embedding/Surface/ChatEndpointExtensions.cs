using Chat.Server.Embedding.Routing;

namespace Chat.Server;

/// <summary>Maps the endpoints of a chat.</summary>
public static class ChatEndpointExtensions
{
    /// <summary>Maps the chat's endpoints below a prefix.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="prefix">Where: the web app is there, all else below it. May be empty.</param>
    /// <param name="parts">Which.</param>
    /// <returns>Takes conventions, such as <c>RequireAuthorization()</c>, for all of them but the files that anybody
    /// may load.</returns>
    /// <exception cref="InvalidOperationException">The application has no chat: <c>AddChat</c> is missing.</exception>
    public static IEndpointConventionBuilder MapChat(
        this IEndpointRouteBuilder endpoints, string prefix = "/chat", ChatParts parts = ChatParts.Default)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        return ChatMapping.Map(endpoints, prefix, parts);
    }
}
