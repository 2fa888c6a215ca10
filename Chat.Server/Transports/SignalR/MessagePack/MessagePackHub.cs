using System.Text.Json;
using Chat.Server.FanOut;
using Chat.Server.Transports.Framing;
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Server.Transports.SignalR.MessagePack;

/// <summary>SignalR's MessagePack protocol with the values of our JSON.</summary>
internal static class MessagePackHub
{
    /// <summary>What connections negotiate.</summary>
    public const string ProtocolName = "messagepack";

    public static IHubProtocol Protocol { get; } = Create();

    public static bool IsUsedBy(HubConnectionContext connection) => connection.Protocol.Name == ProtocolName;

    /// <param name="socket">Where ready frames can be written; null: SignalR writes the bytes.</param>
    public static WireFormat FormatFor(SharedWriteStream? socket) =>
        socket is null ? MessagePackFormat.Instance : MessagePackFrameFormat.Instance;

    private static MessagePackHubProtocol Create()
    {
        var json = new JsonHubProtocolOptions().PayloadSerializerOptions;
        HubJson.Apply(json);
        return new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions
        {
            SerializerOptions = MessagePackSerializerOptions.Standard
                .WithResolver(new JsonResolver(json))
                .WithSecurity(MessagePackSecurity.UntrustedData),
        }));
    }
}
