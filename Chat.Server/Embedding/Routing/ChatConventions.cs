namespace Chat.Server.Embedding.Routing;

/// <summary>What the application says of the chat's endpoints behind <c>MapChat</c>, until they are built.</summary>
internal sealed class ChatConventions : IEndpointConventionBuilder
{
    public List<Action<EndpointBuilder>> Added { get; } = [];

    public List<Action<EndpointBuilder>> AddedFinally { get; } = [];

    public void Add(Action<EndpointBuilder> convention) => Added.Add(convention);

    public void Finally(Action<EndpointBuilder> finallyConvention) => AddedFinally.Add(finallyConvention);
}
