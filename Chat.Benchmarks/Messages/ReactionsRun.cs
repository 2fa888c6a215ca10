using Chat.Benchmarks.Load;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Messages;

/// <summary>Many users react to one message of the lobby at the same time.</summary>
internal sealed class ReactionsRun(PairSite site, LoadOptions options, LoadReport report, TimeProvider time)
    : IAsyncDisposable
{
    private const int Opening = 50;

    /// <summary>Longer than one interval of reactions.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2), Bound = TimeSpan.FromMinutes(1);

    private static readonly string[] Keys =
    [
        "👍", "❤", "😂", "🎉", "😮", "😢", "🔥", "👏", "🙏", "💯",
        ":a:", ":b:", ":c:", ":d:", ":e:", ":f:", ":g:", ":h:",
    ];

    private readonly List<ReactionReader> _readers = [];
    private long _user, _lastReceipt;

    public async Task RunAsync()
    {
        var urls = site.Urls;
        foreach (var url in urls) await Waiting.UntilReadyAsync(url, time);
        await using var hub = await site.ConnectAsync("ann");
        var message = (await hub.SendAsync(ConversationId.Lobby, "react to this")).Sequence;
        await WarmUpAsync(hub, urls);
        await OpenReadersAsync(urls);

        var quiet = await SendAsync(hub, Task.Delay(options.Seconds("quiet"), time));
        report.Add("quiet_", quiet);
        var (before, commits) = (await site.CpuAsync(), await TransactionsAsync());
        var began = time.GetTimestamp();
        var storm = ReactAsync(urls, message, options.Int("reactions"));
        var meanwhile = await SendAsync(hub, storm);
        await storm;
        report.Add("reactions_took_s", time.GetElapsedTime(began, _lastReceipt).TotalSeconds);
        var after = await site.CpuAsync();
        report.Add("meanwhile_", meanwhile);
        report.Add("meanwhile_ratio", meanwhile.Quantile(0.5) / quiet.Quantile(0.5));
        report.Add("transactions", await TransactionsAsync() - commits);
        report.Add("cpu_servers_s", after.Servers - before.Servers);
        report.Add("cpu_database_s", after.Database - before.Database);
        report.Add("cpu_generator_s", after.Generator - before.Generator);
        await CompareAsync(message);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers) await reader.DisposeAsync();
    }

    private async Task OpenReadersAsync(Uri[] urls)
    {
        for (var i = 0; i < options.Int("readers"); i++) _readers.Add(new ReactionReader(time));
        foreach (var some in _readers.Index().Chunk(Opening))
            await Task.WhenAll(some.Select(one => one.Item.OpenAsync(urls[one.Index % 2], $"reader{one.Index}")));
    }

    /// <summary>Nobody reads yet, and all of it is told before anybody does.</summary>
    private async Task WarmUpAsync(ChatHubConnection hub, Uri[] urls)
    {
        if (options.Int("warm") is not (> 0 and var count)) return;
        var message = (await hub.SendAsync(ConversationId.Lobby, "react to this first")).Sequence;
        await ReactAsync(urls, message, count);
        await SendAsync(hub, Task.Delay(Settled, time));
        Interlocked.Exchange(ref _user, 0);
    }

    private Task ReactAsync(Uri[] urls, long message, int all) => Task.WhenAll(urls.SelectMany(url =>
        Enumerable.Range(0, options.Int("connections")).Select(_ => ReactAsync(url, message, all))));

    /// <summary>Each reaction is set by a different user.</summary>
    private async Task ReactAsync(Uri url, long message, int all)
    {
        using var source = await ReactionSource.ConnectAsync(url);
        var keys = Math.Clamp(options.Int("keys"), 1, Keys.Length);
        var rate = options.Int("reactions") / options.Number("seconds");
        var pace = new Pace(rate / (2 * options.Int("connections")), time);
        while (Interlocked.Increment(ref _user) is var user && user <= all)
        {
            await pace.NextAsync(default);
            // Some are more popular than others.
            var key = Keys[Math.Min(user % keys, user / 7 % keys)];
            if (await source.SetAsync($"user{user}of{message}", message, key) is { } refusal) report.Problem(refusal);
            Interlocked.Exchange(ref _lastReceipt, time.GetTimestamp());
        }
    }

    private async Task<Latencies> SendAsync(ChatHubConnection hub, Task until)
    {
        var (took, pace) = (new Latencies(), new Pace(options.Number("rate"), time));
        while (!until.IsCompleted)
        {
            await pace.NextAsync(default);
            var at = time.GetTimestamp();
            await hub.SendAsync(ConversationId.Lobby, "meanwhile");
            took.Add(time.GetElapsedTime(at));
        }
        return took;
    }

    /// <summary>Compares the tables with the last counts of every reader.</summary>
    private async Task CompareAsync(long message)
    {
        var totals = await site.QueryAsync(
            $"select key, n from reaction_totals where target_sequence = {message} and n > 0");
        var rows = await site.QueryAsync("select key, count(*) from (select unnest(keys) as key from reactions "
            + $"where target_sequence = {message}) r group by key");
        if (!Same(totals, rows)) report.Problem("the totals are not the rows");
        report.Add("stored", rows.Values.Sum());
        var began = time.GetTimestamp();
        while (!_readers.TrueForAll(reader => Same(reader.Counts(), rows)) && time.GetElapsedTime(began) < Bound)
            await Task.Delay(Settled / 10, time);
        report.Add("told_after_s", time.GetElapsedTime(_lastReceipt, _readers.Max(one => one.LastAt)).TotalSeconds);
        await Task.Delay(Settled, time); // nothing comes behind it
        foreach (var reader in _readers)
        {
            if (!Same(reader.Counts(), rows)) report.Problem("a reader was told other counts last");
            if (reader.Ended is { } how) report.Problem($"a reader has ended: {how}");
        }
        report.Add("entries_least", _readers.Min(one => one.Entries));
        report.Add("entries_most", _readers.Max(one => one.Entries));
        report.Add("bytes_most", _readers.Max(one => one.MostBytes));
    }

    /// <summary>Of the database so far, reads included; the sessions report them once per second at most.</summary>
    private async Task<long> TransactionsAsync() => (await site.QueryAsync(
        "select datname::text, xact_commit from pg_stat_database where datname = current_database()")).Values.Single();

    private static bool Same(Dictionary<string, long> one, Dictionary<string, long> other) =>
        one.Count == other.Count && one.All(count => other.GetValueOrDefault(count.Key) == count.Value);
}
