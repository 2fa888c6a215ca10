using System.Net;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Integration.Changes;

/// <summary>A user over REST, who asks any server and polls the log.</summary>
internal sealed class RestChanger : IChanger
{
    private readonly HttpClient[] _servers;
    private readonly ConversationId _conversation;
    private readonly Random _random;
    private readonly List<ConversationEntry> _shown = [];
    private readonly SemaphoreSlim _polling = new(1);

    public RestChanger(IEnumerable<TestServer> servers, string user, ConversationId conversation, Random random)
    {
        (User, _conversation, _random) = (user, conversation, random);
        _servers = [.. servers.Select(server => new HttpClient { BaseAddress = server.Url, Timeout = Bounds.Wait })];
    }

    public string User { get; }

    private HttpClient Http => _servers[_random.Next(_servers.Length)];

    private string Messages => $"/api/v1/chat/{_conversation}/messages";

    public async Task<ChangeOutcome> DoAsync(Change change)
    {
        var (method, path, body) = RequestOf(change);
        var outcome = await AgainAsync(() => AskAsync(method, path, body));
        return change.Kind == ChangeKind.Send && outcome.Refusal is null ? await StoredAsync(change.Key) : outcome;
    }

    public Task CutAsync()
    {
        foreach (var http in _servers) http.CancelPendingRequests();
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<ConversationEntry>> ShownAsync(long head)
    {
        await Eventually.HoldsAsync(async () =>
        {
            await AgainAsync(PollAsync);
            return _shown.Count > 0 && _shown[^1].Sequence >= head;
        });
        return _shown;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var http in _servers) http.Dispose();
        return default;
    }

    /// <summary>What a cut has interrupted is asked once more: whether it was stored is not known.</summary>
    private static async Task<T> AgainAsync<T>(Func<Task<T>> askAsync)
    {
        try
        {
            return await askAsync();
        }
        catch (OperationCanceledException)
        {
            return await askAsync();
        }
    }

    /// <summary>A message goes through a queue: polls until it is there.</summary>
    private async Task<ChangeOutcome> StoredAsync(string key)
    {
        MessageEntry? stored = null;
        await Eventually.HoldsAsync(async () =>
            (stored = (await AgainAsync(PollAsync)).FirstOrDefault(one => one.DedupeKey == key)) is not null);
        return new ChangeOutcome(null, stored!.Sequence, stored.Id.ToString());
    }

    /// <summary>Reads on; the messages there are so far.</summary>
    private async Task<List<MessageEntry>> PollAsync()
    {
        await _polling.WaitAsync();
        try
        {
            var after = _shown.Count > 0 ? _shown[^1].Sequence : 0;
            using var answer = await Http.GetAsync($"{Messages}?view=log&after_seq={after}&limit=100&user_id={User}");
            var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            _shown.AddRange(Spelled.Page(page, _conversation).Entries);
            return [.. _shown.OfType<MessageEntry>()];
        }
        finally
        {
            _polling.Release();
        }
    }

    private async Task<ChangeOutcome> AskAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await Http.SendAsync(request);
        var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return answer.StatusCode switch
        {
            HttpStatusCode.Accepted => new ChangeOutcome(null),
            HttpStatusCode.OK when said.TryGetProperty("keys", out _) => new ChangeOutcome(null),
            HttpStatusCode.OK => new ChangeOutcome(null, said.GetProperty("seq").GetInt64(),
                said.GetProperty("id").GetString()!, said.GetProperty("duplicate").GetBoolean()),
            HttpStatusCode.Gone => new ChangeOutcome("gone"),
            HttpStatusCode.Conflict => new ChangeOutcome("conflict"),
            _ => new ChangeOutcome($"{answer.StatusCode} {said}"),
        };
    }

    private (HttpMethod Method, string Path, object? Body) RequestOf(Change change)
    {
        var one = $"{Messages}/{change.Target}";
        var mentions = new { users = change.Mentions };
        return change.Kind switch
        {
            ChangeKind.Send => (HttpMethod.Post, $"/api/v1/chat/{_conversation}", new
            {
                sender_id = User, body = change.Body, dedupe_key = change.Key, reply_to = change.ReplyTo,
                thread = change.Thread, also_in_conversation = change.AlsoInConversation, mentions,
            }),
            ChangeKind.Edit => (HttpMethod.Patch, $"{one}?user_id={User}", new
            {
                body = change.Body, if_version = change.IfVersion, dedupe_key = change.Key, mentions,
            }),
            ChangeKind.Delete => (HttpMethod.Delete, $"{one}?user_id={User}&dedupe_key={change.Key}", null),
            ChangeKind.React => (HttpMethod.Put, $"{one}/reactions?user_id={User}", new { keys = change.Reactions }),
            _ => (change.Kind == ChangeKind.Pin ? HttpMethod.Put : HttpMethod.Delete, $"{one}/pin?user_id={User}",
                null),
        };
    }
}
