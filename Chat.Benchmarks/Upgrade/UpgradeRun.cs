using System.Net;
using Chat.Benchmarks.Load;
using ServerProcess = Chat.Tests.Fixtures.Servers.ServerProcess;

namespace Chat.Benchmarks.Upgrade;

/// <summary>A server of the version before and one of this version on one large database: the migration, the indexes
/// that are made afterwards, and whether anybody is refused meanwhile. Then a server with tokens beside an open
/// one.</summary>
internal sealed class UpgradeRun(LoadOptions options, LoadReport report, TimeProvider time)
{
    private const string Conversation = "aaaaaaaa-0000-7000-8000-000000000001";

    private const string Migrated = "select count(*) from \"__EFMigrationsHistory\"";

    private const string Unfinished = "select count(*) from pg_index where not indisvalid";

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5), Bound = TimeSpan.FromMinutes(10);

    public async Task RunAsync()
    {
        var folder = options.TextOrNull("before") ?? throw new UsageException("--before is required");
        await using var postgres = await PostgresServer.StartNewAsync(durable: true);
        var database = await postgres.CreateDatabaseAsync(migrated: false);
        var data = new UpgradeData(database);
        await using var before = await StartAsync(folder, database);
        await data.FillAsync(options.Int("conversations"), options.Int("rows"));
        var (names, had) = (await data.NamesOfLogAsync(), await data.CountAsync(Migrated));
        var files = await data.FilesOfLogAsync(names);
        using var over = new CancellationTokenSource();
        await using var old = new UpgradeSender(before.Url, Conversation, options.Number("rate"), time);
        await old.OpenAsync("user1");
        var sending = old.RunAsync(over.Token);
        await Task.Delay(Quiet, time);
        report.Add("quiet_", old.Took);

        var began = time.GetTimestamp();
        var starting = StartAsync(options.TextOrNull("server"), database);
        await Waiting.UntilAsync(async () => await data.CountAsync(Migrated) > had || starting.IsCompleted, time);
        var first = time.GetElapsedTime(began);
        await using var after = await starting;
        report.Add("migrations", await data.CountAsync(Migrated) - had);
        report.Add("first_migration_after_s", first.TotalSeconds);
        await Waiting.UntilReadyAsync(after.Url, time);
        var ready = time.GetElapsedTime(began);
        report.Add("start_to_ready_s", ready.TotalSeconds);
        await using var @new = new UpgradeSender(after.Url, Conversation, options.Number("rate"), time);
        await @new.OpenAsync("user2");
        var both = @new.RunAsync(over.Token);
        await Waiting.UntilAsync(
            async () => await data.CountAsync(Unfinished) == 0 && await IsIndexedAsync(data), time);
        report.Add("indexes_after_s", (time.GetElapsedTime(began) - ready).TotalSeconds);
        await Task.Delay(Quiet, time);
        await over.CancelAsync();
        await Task.WhenAll(sending, both);
        Report("before", old);
        Report("after", @new);
        if (await data.FilesOfLogAsync(names) != files) report.Problem("the log or an index of it was rewritten");
        if (await data.CountAsync(Migrated) == had) report.Problem("there was nothing to migrate");
        if (ready - first > options.Seconds("migration")) report.Problem("the migration took longer than --migration");
        await BesideTokensAsync(after, before, database);
    }

    private static async Task<bool> IsIndexedAsync(UpgradeData data) => await data.CountAsync(
        "select count(*) from pg_class where relname in ('ix_participants_tenant_user_id', 'ix_conversations_listed')")
        == 2;

    /// <summary>A server that takes tokens starts beside open ones: these serve nothing from then on.</summary>
    private async Task BesideTokensAsync(ServerProcess open, ServerProcess before, string database)
    {
        await using var user = new UpgradeSender(open.Url, Conversation, rate: 200, time);
        await user.OpenAsync("user3");
        var sending = user.RunAsync(default); // until it is ended
        var tokens = new TestTokens();
        await using var closed = await StartAsync(options.TextOrNull("server"), database,
            [.. tokens.Settings.ToEnvironment()]);
        var began = time.GetTimestamp();
        await sending.WaitAsync(Bound, time);
        report.Add("open_ended_after_s", time.GetElapsedTime(began).TotalSeconds);
        Console.WriteLine($"the open server ended its connection: {user.Refusals[^1]}");
        foreach (var (name, url) in ((string, Uri)[])[("open", open.Url), ("before", before.Url)])
        {
            using var http = new HttpClient { BaseAddress = url };
            using var ready = await http.GetAsync("/health/ready");
            using var page = await http.GetAsync($"/api/v1/chat/{Conversation}/messages?user_id=user1&limit=1");
            Console.WriteLine($"beside a server with tokens, {name}: ready {(int)ready.StatusCode}, a page "
                + $"{(int)page.StatusCode}");
            if (name == "open" && (ready.IsSuccessStatusCode || page.IsSuccessStatusCode))
                report.Problem("the open server serves on");
        }
        using var refused = new HttpClient { BaseAddress = closed.Url };
        using var without = await refused.GetAsync("/api/v1/me");
        if (without.StatusCode != HttpStatusCode.Unauthorized) report.Problem("tokens are not asked for");
    }

    private void Report(string name, UpgradeSender sender)
    {
        report.Add($"{name}_sent", sender.Took.Count);
        report.Add($"{name}_refused", sender.Refusals.Count);
        report.Add($"{name}_", sender.Took);
        foreach (var refusal in sender.Refusals) report.Problem($"{name}: {refusal}");
    }

    private static Task<ServerProcess> StartAsync(
        string? folder, string database, params (string Name, string Value)[] more) =>
        ServerProcess.ServeAtAsync("http://127.0.0.1:0", folder, [("ConnectionStrings__Chat", database), .. more]);
}
