namespace Chat.Server.Embedding.Routing;

/// <summary>The OpenAPI document that the chat's endpoints are in: not in that of the application, which has them with
/// <c>AddOpenApi("chat")</c>.</summary>
internal sealed class ChatGroup : IEndpointGroupNameMetadata
{
    public static readonly ChatGroup Name = new();

    public string EndpointGroupName => "chat";
}
