using System.Text.RegularExpressions;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Architecture;

/// <summary>What the compiler does not check about the sources.</summary>
public sealed partial class SourceTests
{
    private const string Self = "Chat.Tests/Fast/Architecture/SourceTests.cs";

    private static IReadOnlyList<SourceFile> Files => SourceFile.All;

    [Fact]
    public void Fast_tests_start_no_server_process_or_port()
    {
        const string starts =
            @"\bFixtures\.(Servers|Cluster(?!\.(History|Faults)))\b"
            + @"|\b(Process\.Start|ProcessStartInfo|TcpListener|HttpListener|Kestrel\w*|WebApplicationFactory)\b"
            + @"|\bUseUrls\b|\bnew (Socket|ChatCluster|ChaosPlayer)\b"
            + @"|\[(Postgres|Redis|Nginx|Chromium|Requires)\w*\]"
            + @"|CreateAsync\(DatabaseKind\.Postgres\b|Kind => DatabaseKind\.Postgres\b";
        string[] folders = ["Chat.Tests/Fast/", "Chat.Tests/Specs/"];
        Assert.Empty(
            Files.Where(file =>
                folders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)) && file.Path != Self)
            .SelectMany(
                file => file.Lines.Where(line => SourceFile.IsCode(line) && Regex.IsMatch(line, starts))
                    .Select(line => $"{file.Path}: {line.Trim()}")));
    }

    /// <summary>A time of a test's own measures the machine: it waits for a signal, within a bound that ends a
    /// hang.</summary>
    [Fact]
    public void Tests_wait_for_signals_within_the_common_bounds()
    {
        const string waits =
            @"\bThread\.Sleep\b|\.CancelAfter\(|\bTask\.Delay\((?!Timeout\.Infinite)|\bWaitAsync\((TimeSpan\.|\d)"
            + @"|\bnew CancellationTokenSource\((TimeSpan\.|\d)|\bTimeout = \d|Timeout(Async)?\(\d";
        string[] folders = ["Chat.Tests/Fast/", "Chat.Tests/Specs/", "Chat.Tests/System/"];
        Assert.Empty(
            Files.Where(file =>
                folders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)) && file.Path != Self)
            .SelectMany(
                file => file.Lines.Where(line => SourceFile.IsCode(line) && Regex.IsMatch(line, waits))
                    .Select(line => $"{file.Path}: {line.Trim()}")));
    }

    [Fact]
    public void Fixtures_know_no_test()
    {
        var assembly = typeof(Repository).Assembly;
        Assert.DoesNotContain(assembly.GetReferencedAssemblies(),
            name => name.Name!.StartsWith("Chat.Tests", StringComparison.Ordinal));
        Assert.DoesNotContain(assembly.GetTypes(),
            type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true)));
    }

    [Fact]
    public void There_is_no_async_void() =>
        Assert.Empty(
            Files.Where(file => file.Path != Self
                && file.Lines.Any(
                    line => SourceFile.IsCode(line) && line.Contains("async void", StringComparison.Ordinal)))
                .Select(file => file.Path));

    [Fact]
    public void Files_stay_short()
    {
        Assert.Empty(Files.Where(file => file.Lines.Length > 400)
            .Select(file => $"{file.Path}: {file.Lines.Length} lines"));
        var longer = Files.Where(file => file.Lines.Length > 200)
            .Select(file => $"{file.Path}: {file.Lines.Length} lines").ToList();
        Assert.True(longer.Count * 20 <= Files.Count,
            $"more than 5 % of {Files.Count} files have over 200 lines:\n{string.Join("\n", longer)}");
    }

    [Fact]
    public void Event_ids_of_the_log_are_unique()
    {
        var ids = Files.Where(
            file => file.Path.StartsWith("Chat.Server/", StringComparison.Ordinal)
                || file.Path.StartsWith("Chat.ClientSdk/", StringComparison.Ordinal))
            .SelectMany(
                file => EventId().Matches(string.Join("\n", file.Lines))
                    .Select(match => (Id: match.Groups[1].Value, file.Path))).ToList();
        Assert.NotEmpty(ids);
        Assert.Empty(ids.GroupBy(entry => entry.Id).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same.Select(entry => entry.Path))}"));
    }

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId\s*=\s*)?(\d+)")]
    private static partial Regex EventId();
}
