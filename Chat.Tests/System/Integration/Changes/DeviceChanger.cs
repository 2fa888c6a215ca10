using System.Net.WebSockets;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Tests.Integration.Membership;

namespace Chat.Tests.Integration.Changes;

/// <summary>Connections of one user, one after the other, each of any kind to any server, each resuming where the one
/// before it ended.</summary>
internal sealed class DeviceChanger(
    IReadOnlyList<TestServer> servers, string user, ConversationId conversation, Random random) : IChanger
{
    private readonly List<Device> _devices = [];
    private Task<Device> _present = null!;

    public string User => user;

    /// <summary>The present connection, for pages; null while it is a raw socket.</summary>
    public HubDevice? Hub => _devices[^1] as HubDevice;

    public static async Task<DeviceChanger> ConnectAsync(
        IReadOnlyList<TestServer> servers, string user, ConversationId conversation, Random random)
    {
        var changer = new DeviceChanger(servers, user, conversation, random);
        await (changer._present = changer.ConnectAsync());
        return changer;
    }

    public async Task<ChangeOutcome> DoAsync(Change change)
    {
        var present = _present;
        try
        {
            return await AskAsync(await present, change);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException && present != _present)
        {
            return await AskAsync(await _present, change); // whether it was stored is not known: once more
        }
    }

    public async Task CutAsync()
    {
        var next = new TaskCompletionSource<Device>(TaskCreationOptions.RunContinuationsAsynchronously);
        _present = next.Task;
        await _devices[^1].DisposeAsync();
        next.SetResult(await ConnectAsync());
    }

    public async Task<IReadOnlyList<ConversationEntry>> ShownAsync(long head)
    {
        var present = _devices[^1];
        await Eventually.HoldsAsync(() => present.Last >= head || present.Failure is not null);
        Assert.Null(present.Failure);
        return [.. _devices.SelectMany(device => device.Entries.Select(entry => Read(device, entry)))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices) await device.DisposeAsync();
    }

    private async Task<Device> ConnectAsync()
    {
        var (server, after) = (servers[random.Next(servers.Count)].Url, _devices.Max(device => device.Last as long?));
        var next = random.Next(3);
        Device device = next == 0
            ? await RawDevice.ConnectAsync(server, user, conversation, RawChanges.Features)
            : await HubDevice.ConnectAsync(server, user, conversation, isBinary: next == 1);
        await device.JoinAsync(after ?? 0);
        _devices.Add(device);
        return device;
    }

    private ConversationEntry Read(Device device, JsonElement entry) => device is HubDevice
        ? entry.Deserialize(ChatJsonContext.Default.ConversationEntry)!
        : Spelled.Entry(entry, conversation);

    private static Task<ChangeOutcome> AskAsync(Device device, Change change) =>
        device is HubDevice hub ? HubChanges.DoAsync(hub, change) : RawChanges.DoAsync((RawDevice)device, change);
}
