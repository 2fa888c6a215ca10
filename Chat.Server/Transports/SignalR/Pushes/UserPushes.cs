using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.FanOut.Backplane;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR.Pushes;

/// <summary>What is sent to users through <see cref="IHubContext{THub}"/>, between instances: each has a look whether
/// it has connections of theirs.</summary>
/// <remarks>The framework's manager would subscribe to a channel for each user, which costs more memory than the user's
/// connection has otherwise. Pushes to users are few. They are hints: one that is lost is not sent again.</remarks>
internal sealed class UserPushes(
    BackplaneExchange exchange, IHubProtocolResolver protocols, ConnectionRegistry connections,
    BackplaneOptions options) : IBackplaneTopic
{
    private const byte Version = 1;

    public MessageKind Kind => MessageKind.UserPushes;

    /// <summary>Writes to the users' connections on all instances. Never waits.</summary>
    /// <param name="users">Names of <see cref="UserKey.ToString"/>; what is none reaches nobody.</param>
    /// <param name="method">What is called.</param>
    /// <param name="args">With what.</param>
    public void Send(IEnumerable<string> users, string method, object?[] args)
    {
        var to = new HashSet<UserKey>();
        foreach (var name in users)
            if (UserKey.TryParse(name, out var user)) to.Add(user);
        if (to.Count == 0) return;
        var message = new SerializedHubMessage(new InvocationMessage(method, args)); // encoded once for all
        foreach (var user in to) Write(user, message);
        if (exchange.HasPeers) exchange.Publish(BackplaneChannel.Everyone, Encode(to, message), Kind);
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        if (!options.SharesHubPushes) return;
        var reader = new WireReader(message.Span);
        if (reader.ReadByte() is not Version and var version)
            throw new InvalidDataException($"version {version} of pushes to users is not known here");
        var users = new List<UserKey>();
        for (var left = reader.ReadCount(); left > 0; left--) users.Add(UserKey.OfWire(reader.ReadText() ?? ""));
        var encoded = new List<SerializedMessage>();
        for (var left = reader.ReadCount(); left > 0; left--)
            encoded.Add(new SerializedMessage(reader.ReadText() ?? "", reader.ReadBytes().ToArray()));
        var shared = new SerializedHubMessage(encoded);
        foreach (var user in users) Write(user, shared);
    }

    // What was lost is not sent again.
    void IBackplaneTopic.Recover() { }

    private void Write(UserKey user, SerializedHubMessage message)
    {
        foreach (var connection in connections.Of(user))
            if (connection is HubConnection hub) hub.Writer.WriteDirect(message);
    }

    /// <summary>In every protocol: the other instance has not the arguments, only what is written of them.</summary>
    private byte[] Encode(HashSet<UserKey> users, SerializedHubMessage message)
    {
        var writer = WireWriter.Start();
        writer.WriteByte(Version);
        writer.WriteCount(users.Count);
        foreach (var user in users) writer.WriteText(user.ToWire());
        writer.WriteCount(protocols.AllProtocols.Count);
        foreach (var protocol in protocols.AllProtocols)
        {
            writer.WriteText(protocol.Name);
            writer.WriteBytes(message.GetSerializedMessage(protocol).Span);
        }
        return writer.ToArray();
    }
}
