using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Chat.Benchmarks.Load.Scenarios;

/// <summary>chat-room's REST room: many wait, one message comes.</summary>
internal sealed class LongPoll : IScenario
{
    private readonly List<TimeSpan> _allAnswered = [];
    private readonly Latencies _woken = new();
    private readonly string _name = $"poll-{Random.Shared.Next():x8}";
    private HttpClient? _http;
    private long _cursor;

    public string Name => "longpoll";

    public string Summary => "many long polls wait; from sending one message to each answer, and to the last";

    public IReadOnlyList<LoadOption> Options =>
    [
        new("pollers", "100", "clients that wait"),
        new("messages", "20", "rounds: one message each"),
        new("warmup", "5", "rounds before measuring"),
        new("size", "200", "characters of a message"),
    ];

    public async Task PrepareAsync(LoadRun run, CancellationToken ct)
    {
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue })
        {
            BaseAddress = run.Target.Server
        };
        await Parallel.ForEachAsync(Enumerable.Range(0, run.Options.Int("pollers") + 1),
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = ct },
            async (i, token) => await PostAsync("/api/join", new JsonObject { ["client_id"] = User(i) }, token));
        _cursor = await FindCursorAsync(run, ct);
        for (var i = 0; i < run.Options.Int("warmup"); i++) await RoundAsync(run, -1 - i, measured: false, ct);
    }

    public async Task RunAsync(LoadRun run, CancellationToken ct)
    {
        for (var i = 0; i < run.Options.Int("messages"); i++) await RoundAsync(run, i, measured: true, ct);
    }

    public async Task CompleteAsync(LoadRun run, CancellationToken ct)
    {
        using var http = _http!;
        run.Report.Add("woken_", _woken);
        _allAnswered.Sort();
        run.Report.Add("all_answered_p50_ms", _allAnswered[_allAnswered.Count / 2].TotalMilliseconds);
        run.Report.Add("all_answered_max_ms", _allAnswered[^1].TotalMilliseconds);
        await Parallel.ForEachAsync(Enumerable.Range(0, run.Options.Int("pollers") + 1), ct,
            async (i, token) => await PostAsync("/api/leave", new JsonObject { ["client_id"] = User(i) }, token));
    }

    private string User(int index) => $"{_name}-{index}";

    private string Text(LoadRun run, int round) => $"{_name} {round} ".PadRight(run.Options.Int("size"), 'x');

    /// <summary>The id of a message just sent: the pollers ask for what comes after it.</summary>
    private async Task<long> FindCursorAsync(LoadRun run, CancellationToken ct)
    {
        var since = run.Time.GetUtcNow().ToUnixTimeSeconds() - 1;
        await SendAsync(run, "first".PadRight(64), ct);
        var answer = await _http!.GetFromJsonAsync<JsonObject>($"/api/messages?client_id={User(0)}&since={since}", ct);
        return answer!["messages"]!.AsArray().Max(message => message!["id"]!.GetValue<long>());
    }

    private async Task RoundAsync(LoadRun run, int round, bool measured, CancellationToken ct)
    {
        var pollers = run.Options.Int("pollers");
        long sentAt = 0;
        var answers = Enumerable.Range(0, pollers).Select(i => PollAsync(i, ct)).ToList();
        // Long enough that every poll is at the server and waits.
        await run.DelayAsync(TimeSpan.FromMilliseconds(250 + pollers / 2), ct);
        if (answers.Any(answer => answer.IsCompleted))
            run.Report.Problem($"round {round}: a poll was answered before anything was sent");
        sentAt = Stopwatch.GetTimestamp();
        var text = Text(run, round);
        await SendAsync(run, text, ct);
        var cursor = _cursor;
        foreach (var (body, at) in await Task.WhenAll(answers).WaitAsync(TimeSpan.FromSeconds(35), run.Time, ct))
        {
            cursor = Check(run, body, text);
            if (measured) _woken.Add(Stopwatch.GetElapsedTime(sentAt, at));
        }
        if (measured) _allAnswered.Add(answers.Max(answer => Stopwatch.GetElapsedTime(sentAt, answer.Result.At)));
        _cursor = cursor;
    }

    private async Task<(string Body, long At)> PollAsync(int poller, CancellationToken ct)
    {
        var body = await _http!.GetStringAsync($"/api/messages?client_id={User(poller)}&after_id={_cursor}", ct);
        return (body, Stopwatch.GetTimestamp());
    }

    /// <returns>The message's id.</returns>
    private long Check(LoadRun run, string body, string text)
    {
        var messages = JsonNode.Parse(body)!["messages"]!.AsArray();
        if (run.Sabotage == Sabotage.Loss) messages.Clear();
        if (run.Sabotage == Sabotage.Repeat && messages.Count > 0) messages.Add(messages[0]!.DeepClone());
        if (messages.Count != 1 || messages[0]!["message"]!.GetValue<string>() != text.Trim())
            run.Report.Problem($"a poll was answered with {messages.Count} messages instead of the one that was sent");
        return messages.Count == 0 ? _cursor : messages[^1]!["id"]!.GetValue<long>();
    }

    private Task SendAsync(LoadRun run, string text, CancellationToken ct) =>
        PostAsync("/api/send", new JsonObject { ["client_id"] = User(run.Options.Int("pollers")), ["message"] = text },
            ct);

    private async Task PostAsync(string path, JsonObject body, CancellationToken ct)
    {
        using var answer = await _http!.PostAsJsonAsync(path, body, ct);
        if (!answer.IsSuccessStatusCode)
            throw new IOException(
                $"{path} answered {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
    }
}
