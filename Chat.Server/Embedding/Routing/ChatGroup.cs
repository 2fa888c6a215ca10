namespace Chat.Server.Embedding.Routing;

/// <summary>The OpenAPI document that the chat's endpoints are in. The application makes it with
/// <c>AddOpenApi("chat")</c>; its own documents do not have them.</summary>
internal sealed class ChatGroup : IEndpointGroupNameMetadata
{
    public static readonly ChatGroup Name = new();

    public string EndpointGroupName => "chat";
}
