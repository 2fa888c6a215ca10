using System.Text.Json;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>The JSON of the hub: the names and rules that every protocol of it has.</summary>
internal static class HubJson
{
    public static void Apply(JsonSerializerOptions json)
    {
        json.TypeInfoResolverChain.Insert(0, ChatJsonContext.Default);
        json.Converters.Add(new UtcTimestamp());
        json.MaxDepth = ChatLimits.JsonDepth + 4;
    }
}
