using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Chat.Tests.Fixtures.Cluster.Tasks;

/// <summary>Sends messages over REST, each until it is accepted, kills instances meanwhile, and proves that each
/// accepted one is in the log once.</summary>
internal sealed class TaskKillRun(TaskKillShape shape, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(15) };
    private readonly ConcurrentDictionary<string, byte> _accepted = new();
    private int _next, _attempts;

    /// <summary>Messages that were accepted so far.</summary>
    public int Accepted => _accepted.Count;

    public async Task<TaskKillResult> RunAsync(ChatCluster cluster, TextWriter? progress = null)
    {
        var conversations = await Task.WhenAll(Enumerable.Range(0, shape.Conversations)
            .Select(_ => CreateAsync(cluster)));
        var began = time.GetTimestamp();
        var sending = Task.WhenAll(Enumerable.Range(0, shape.Senders)
            .Select(sender => SendAsync(cluster, conversations, sender)));
        for (var kill = 1; kill <= shape.Kills; kill++)
        {
            var due = (int)((long)shape.Messages * kill / (shape.Kills + 1));
            while (Accepted < due && !sending.IsCompleted) await Task.Delay(Look, time);
            var instance = cluster[kill % cluster.Instances.Count];
            await instance.KillAsync();
            progress?.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"{time.GetElapsedTime(began).TotalSeconds,6:0.0} s  {Accepted,6} accepted  killed instance "
                        + $"{kill % cluster.Instances.Count}"));
            await instance.StartAsync();
        }
        await sending;
        var sent = time.GetTimestamp();
        await using var database = NpgsqlDataSource.Create(cluster.ConnectionString + ";Pooling=false");
        while (await CountAsync(database, "type = 'chat.send' and state <= 3") > 0)
        {
            if (time.GetElapsedTime(sent) > Bounds.Run)
                throw new TimeoutException(
                    $"{await CountAsync(database, "state <= 3")} tasks were not done within "
                        + $"{Bounds.Run.TotalSeconds:0} s");
            await Task.Delay(Look, time);
        }
        var log = await ReadLogAsync(database);
        return new TaskKillResult
        {
            Accepted = Accepted,
            Attempts = _attempts,
            Lost = [.. _accepted.Keys.Where(body => !log.ContainsKey(body))],
            Repeated = [.. log.Where(entry => entry.Value > 1).Select(entry => entry.Key)],
            Archived = await CountAsync(database, "state = 5"),
            RunAgain = await CountAsync(database, "type = 'chat.send' and attempts > 1"),
            Seconds = time.GetElapsedTime(began).TotalSeconds,
            LevelSeconds = time.GetElapsedTime(sent).TotalSeconds,
        };
    }

    public void Dispose() => _http.Dispose();

    private async Task<Guid> CreateAsync(ChatCluster cluster)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(cluster[0].Address, "/api/v1/chat"),
            new { participant_ids = new[] { "ann", "bob" } });
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetGuid();
    }

    /// <summary>Half of the messages have a dedupe key, so that one is stored once however often it is sent. The text
    /// of the others says the attempt: what was accepted counts, and what was not may be there or not.</summary>
    private async Task SendAsync(ChatCluster cluster, Guid[] conversations, int sender)
    {
        for (var number = Interlocked.Increment(ref _next); number <= shape.Messages; number =
            Interlocked.Increment(ref _next))
        {
            for (var attempt = 1; ; attempt++)
            {
                var isKeyed = number % 2 == 0;
                var body = isKeyed ? $"m{number}" : $"m{number}.{attempt}";
                Interlocked.Increment(ref _attempts);
                if (await TrySendAsync(cluster.Any(), conversations[(number + sender) % conversations.Length], body,
                    isKeyed ? body : null))
                {
                    _accepted.TryAdd(body, 0);
                    break;
                }
                await Task.Delay(Look, time);
            }
        }
    }

    private async Task<bool> TrySendAsync(Uri instance, Guid conversation, string body, string? key)
    {
        try
        {
            using var answer = await _http.PostAsJsonAsync(new Uri(instance, $"/api/v1/chat/{conversation}"),
                new { sender_id = "ann", body, dedupe_key = key });
            if ((int)answer.StatusCode is >= 400 and < 500)
                throw new InvalidOperationException(
                    $"refused with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return false; // its instance was killed; whether the message was accepted nobody knows
        }
    }

    private static async Task<int> CountAsync(NpgsqlDataSource database, string condition)
    {
        await using var command = database.CreateCommand($"select count(*)::int from tasks where {condition}");
        return (int)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>How often each text is there.</summary>
    private static async Task<Dictionary<string, long>> ReadLogAsync(NpgsqlDataSource database)
    {
        await using var command =
            database.CreateCommand("select message, count(*) from messages where message <> '' group by message");
        await using var reader = await command.ExecuteReaderAsync();
        var log = new Dictionary<string, long>();
        while (await reader.ReadAsync()) log.Add(reader.GetString(0), reader.GetInt64(1));
        return log;
    }
}
