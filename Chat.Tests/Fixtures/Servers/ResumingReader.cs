using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A raw socket that connects again whenever it ends, and resumes after the last sequence it saw. What it saw
/// must be 1, 2, 3 … in the end.</summary>
internal sealed class ResumingReader : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    public ResumingReader(Uri server, string user, ConversationId conversation, string features = "seq") =>
        _reading = ReadAsync(server, $"user_id={user}&features={features}", conversation);

    public SeenSequences Seen { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.WaitAsync(Bounds.Wait);
    }

    private async Task ReadAsync(Uri server, string query, ConversationId conversation)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var raw = await RawClient.ConnectAsync(server, query);
                using var stopped = _stop.Token.Register(raw.Cut);
                await raw.JoinAsync(conversation, Seen.Last);
                while (true) Take(await raw.NextAsync());
            }
            catch (Exception e) when (e is WebSocketException or ChannelClosedException or InvalidOperationException
                or OperationCanceledException)
            {
                // Gone, refused or cut: again, as any client would.
            }
            await Task.Delay(Beat, TimeProvider.System, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Take(JsonElement frame)
    {
        if (frame.TryGetProperty("message", out var entry) || frame.TryGetProperty("entry", out entry))
            Seen.Add(entry.GetProperty("seq").GetInt64());
    }
}
