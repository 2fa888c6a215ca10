using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Chat.Tests.Fixtures.Cluster.Revoking;

/// <summary>A round: users of a cluster read and write, and are signed out while something fails. What was shown and
/// stored is compared with the moments that were named, by the time at which it was stored.</summary>
internal sealed class RevocationRound(ChatCluster cluster, TestTokens tokens, RoundShape shape, TimeProvider time)
{
    public const string OperatorsKey = "the-key-of-the-rounds";

    /// <summary>Whatever is to begin has begun by then, and whatever is to end has ended.</summary>
    private static readonly TimeSpan Bound = Bounds.Wait;

    private volatile bool _isOver;

    /// <summary>The environment of the cluster's instances.</summary>
    public static IReadOnlyList<(string Name, string Value)> EnvironmentOf(TestTokens tokens) =>
    [
        .. tokens.Settings.Select(
            setting => (setting.Name.Replace(":", "__", StringComparison.Ordinal), setting.Value)),
        ("Chat__Operators__Key", OperatorsKey),
        ("Chat__Limits__Factor", "0"), // keepers send in place of users who are gone
    ];

    /// <param name="name">No other round of the cluster has it.</param>
    /// <param name="fault">What fails; it is healed in the end.</param>
    public async Task<RoundResult> RunAsync(string name, RoundFault fault)
    {
        var users = Enumerable.Range(0, shape.Users).Select(i => Make($"{name}-{i}", i)).ToList();
        // They are not signed out: there is something to show behind every moment.
        var keepers = Enumerable.Range(0, cluster.Instances.Count).Select(i => Make($"{name}-keeper-{i}", i)).ToList();
        try
        {
            await Task.WhenAll(users.Select((user, i) => user.StartAsync(comesAndGoes: i % 5 == 0))
                .Concat(keepers.Select(keeper => keeper.StartAsync(comesAndGoes: false))));
            var sending = SendAsync([.. users, .. keepers], keepers);
            await UntilAsync(() => users.TrueForAll(user => user.Shown > 0)); // each user has been shown a message
            await SetAsync(fault, fails: true);
            await Task.WhenAll(users.Select((user, i) => SignOutAsync(user, shape.Over * i / shape.Users, fault)));
            await Task.Delay(TimeSpan.FromSeconds(1) + shape.After, time);
            await SetAsync(fault, fails: false);
            await UntilAsync(() => users.TrueForAll(user => user.Open == 0));
            _isOver = true;
            await sending;
            return await JudgeAsync(users, name);
        }
        finally
        {
            _isOver = true;
            await SetAsync(fault, fails: false);
            foreach (var one in users.Concat(keepers)) await one.DisposeAsync();
        }
    }

    private SignedInUser Make(string name, int index) => new(name,
        tokens.Of(name, change: claims => claims["iat"] = (long)claims["iat"]! - 10),
        cluster[index % cluster.Instances.Count].Address, time);

    private async Task SendAsync(SignedInUser[] all, IReadOnlyList<SignedInUser> keepers)
    {
        var started = time.GetTimestamp();
        for (var sent = 0; !_isOver; sent++)
        {
            var due = TimeSpan.FromSeconds(sent / shape.SendsPerSecond) - time.GetElapsedTime(started);
            if (due > TimeSpan.Zero) await Task.Delay(due, time);
            // Not awaited: one whose instance is stopped must not hold up the others.
            _ = SendOneAsync($"m{sent}");
        }

        // A keeper sends in place of a user who cannot: the rate stays when nearly all users are gone.
        async Task SendOneAsync(string body)
        {
            if (await all[Random.Shared.Next(all.Length)].TrySendAsync(body)) return;
            for (var i = 0; i < keepers.Count; i++)
                if (await keepers[Random.Shared.Next(keepers.Count)].TrySendAsync(body)) return;
        }
    }

    private async Task SignOutAsync(SignedInUser user, TimeSpan after, RoundFault fault)
    {
        await Task.Delay(after, time);
        user.IsLeaving = true;
        // The first instance may not answer.
        var healthy = (fault & (RoundFault.Stopped | RoundFault.CutOff)) != 0 ? 1 : 0;
        var instance = cluster[Random.Shared.Next(healthy, cluster.Instances.Count)];
        using var http = new HttpClient { BaseAddress = instance.OperatorsUrl, Timeout = Bound };
        http.DefaultRequestHeaders.Authorization = new("Bearer", OperatorsKey);
        using var answer = await http.PostAsJsonAsync(
            "/api/v1/admin/users/revoke", new { user_id = user.Name, reason = "a round" });
        answer.EnsureSuccessStatusCode();
        user.Effective = JsonDocument.Parse(await answer.Content.ReadAsStringAsync())
            .RootElement.GetProperty("effective_at").GetDateTimeOffset();
    }

    private async Task SetAsync(RoundFault fault, bool fails)
    {
        var first = cluster[0];
        if (fault.HasFlag(RoundFault.Stopped)) await (fails ? first.PauseAsync() : first.ResumeAsync());
        if (fault.HasFlag(RoundFault.CutOff)) (fails ? (Action)first.ToPostgres.Freeze : first.ToPostgres.Thaw)();
        if (!fault.HasFlag(RoundFault.Redis)) return;
        foreach (var proxy in cluster.Instances.Select(instance => instance.ToRedis).OfType<FaultProxy>())
            if (!fails) proxy.Accept();
            else
            {
                proxy.Refuse();
                proxy.Cut();
            }
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        var began = time.GetTimestamp();
        while (!condition() && time.GetElapsedTime(began) < Bound)
            await Task.Delay(TimeSpan.FromMilliseconds(50), time);
    }

    private async Task<RoundResult> JudgeAsync(IReadOnlyList<SignedInUser> users, string name)
    {
        var byName = users.ToDictionary(user => user.Name);
        var (checks, late, worst) = (users.Sum(user => user.Shown), new HashSet<string>(), TimeSpan.Zero);
        foreach (var user in users) Look(user, user.Latest);
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select sender_id, max(created_at), count(*) from messages where sender_id like $1 group by sender_id",
            connection)
        {
            Parameters = { new NpgsqlParameter { Value = $"{name}-%" } },
        };
        await using var stored = await command.ExecuteReaderAsync();
        while (await stored.ReadAsync())
        {
            checks += stored.GetInt64(2);
            if (byName.TryGetValue(stored.GetString(0), out var user)) Look(user, stored.GetDateTime(1));
        }
        return new RoundResult(checks, late.Count, worst, users.Sum(user => user.Open));

        void Look(SignedInUser user, DateTimeOffset at)
        {
            if (at <= user.Effective) return;
            late.Add(user.Name);
            if (at - user.Effective > worst) worst = at - user.Effective!.Value;
        }
    }
}
