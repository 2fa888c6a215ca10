using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>Sends messages over a raw socket, each with a key of its own and again until there is a receipt, whatever
/// happens to the connection.</summary>
internal sealed class KeyedSender(Uri server, string user, ConversationId conversation, Func<bool> more)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, long> _acknowledged = new();
    private int _connections;

    /// <summary>The sequence of each acknowledged message, by key.</summary>
    public IReadOnlyDictionary<string, long> Acknowledged => _acknowledged;

    /// <summary>How often it connected.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Sends one after the other until no more are wanted.</summary>
    public async Task RunAsync()
    {
        var next = 0;
        while (more())
        {
            try
            {
                await using var raw = await RawClient.ConnectAsync(server, $"user_id={user}&features=receipts");
                Interlocked.Increment(ref _connections);
                await raw.JoinAsync(conversation);
                for (; more(); next++) await SendAsync(raw, $"{user}-{next}");
            }
            catch (Exception e) when (e is WebSocketException or ChannelClosedException or InvalidOperationException
                or OperationCanceledException)
            {
                // gone, refused or cut: the same key again
                await Task.Delay(Beat, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task SendAsync(RawClient raw, string key)
    {
        await raw.MessageAsync(conversation, key, key);
        JsonElement receipt;
        do receipt = await raw.UntilAsync("receipt");
        while (receipt.GetProperty("dedupe_key").GetString() != key);
        _acknowledged[key] = receipt.GetProperty("seq").GetInt64();
    }
}
