using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Chat.Contracts.Entries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>Somebody's own end of a webhook, on Kestrel: it checks signatures as Standard Webhooks says, and whether
/// what it takes is in order.</summary>
internal sealed class EventReceiver : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly Dictionary<string, long> _at = [];
    private readonly Lock _gate = new();
    private WebApplication _app = null!;

    public string Address => _app.Urls.Single() + "/a-secret-path";

    /// <summary>What is answered; null: it is taken.</summary>
    public Func<ReceivedEvent, Task<IResult?>> Answers { get; set; } = static _ => Task.FromResult<IResult?>(null);

    /// <summary>What was taken, repeats included.</summary>
    public Inbox<ReceivedEvent> Taken { get; } = new();

    /// <summary>The ids of all that was taken, each once.</summary>
    public ConcurrentDictionary<string, int> Ids { get; } = new();

    /// <summary>All posts, taken or not.</summary>
    public Tally Posts { get; } = new();

    /// <summary>Posts elsewhere: somebody followed a redirect.</summary>
    public Tally Astray { get; } = new();

    public ConcurrentQueue<string> Problems { get; } = [];

    /// <summary>Some are left out on purpose.</summary>
    public bool MayHaveHoles { get; init; }

    public static async Task<EventReceiver> StartAsync(bool mayHaveHoles = false)
    {
        var receiver = new EventReceiver { MayHaveHoles = mayHaveHoles };
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver._app = builder.Build();
        receiver._app.MapPost("/a-secret-path", receiver.TakeAsync);
        receiver._app.Map("/{**path}", () =>
        {
            receiver.Astray.Add();
            return Results.NoContent();
        });
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>From now on everything is answered with this.</summary>
    public void Always(IResult? answer) => Answers = _ => Task.FromResult(answer);

    public long At(string conversation)
    {
        lock (_gate) return _at.GetValueOrDefault(conversation);
    }

    /// <summary>Everything may come again.</summary>
    public void Forget()
    {
        lock (_gate) _at.Clear();
        Ids.Clear();
    }

    public void Check() => Assert.Empty(Problems);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy);
        Posts.Add();
        var headers = request.Headers.ToDictionary(
            one => one.Key, one => one.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var received = new ReceivedEvent(headers, copy.ToArray());
        if (!IsSigned(received)) Problems.Enqueue($"{received.Id} is not signed");
        if (await Answers(received) is { } other) return other;
        if (received.Entry is { } entry) Note(entry, received);
        Taken.Add(received);
        return Results.NoContent();
    }

    private void Note(ConversationEntry entry, ReceivedEvent received)
    {
        Ids.AddOrUpdate(received.Id, 1, static (_, times) => times + 1);
        lock (_gate)
        {
            var conversation = entry.ConversationId.ToString();
            var at = _at.GetValueOrDefault(conversation);
            if (entry.Sequence > at + 1 && !MayHaveHoles)
                Problems.Enqueue($"{conversation}: {entry.Sequence} after {at}");
            _at[conversation] = Math.Max(at, entry.Sequence);
        }
    }

    private static bool IsSigned(ReceivedEvent received)
    {
        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        byte[] signed =
            [.. Encoding.UTF8.GetBytes($"{received.Id}.{received.Headers["webhook-timestamp"]}."), .. received.Body];
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
        return received.Headers["webhook-signature"].Split(' ').Contains(expected);
    }
}
