using System.Text.RegularExpressions;

namespace Chat.Tests.Architecture;

/// <summary>References point one way: every folder of the server says which others it knows, and knows only those above
/// it in the list.</summary>
public sealed partial class ArrowTests
{
    private const string Providers = @"Microsoft\.EntityFrameworkCore|Microsoft\.Data|Npgsql";

    /// <summary>From the ground up. A folder stands for what is in it, unless a longer name has a line of its
    /// own.</summary>
    private static readonly (string Folder, string[] Knows)[] Floors =
    [
        ("Callers", []),
        ("Concurrency", []),
        ("Configuration", []),
        ("Web", []),
        ("Webhooks/Posting", []),
        ("Observability", ["Configuration"]),
        ("Sockets", []),
        ("Limits", ["Callers", "Observability", "Sockets"]),
        ("Memory", ["Concurrency", "Observability"]),
        ("Persistence", ["Callers", "Concurrency"]),
        ("Audit", ["Callers", "Concurrency", "Observability", "Persistence"]),
        ("Keys", ["Callers", "Audit", "Persistence"]),
        ("FanOut", ["Callers", "Concurrency", "Observability", "Memory", "Persistence"]),
        ("Core", ["Callers", "Concurrency", "Observability", "Memory", "Persistence", "FanOut"]),
        ("Identity", ["Callers", "Configuration", "Observability", "Limits", "Audit", "Keys"]),
        // Side features that others use.
        ("Tasks", ["Concurrency", "Observability", "Memory", "Persistence"]),
        ("Presence", ["Callers", "Concurrency", "Observability", "Persistence", "FanOut", "Core"]),
        ("Connections", ["Callers", "Observability", "Limits", "Memory", "FanOut", "Core", "Presence"]),
        ("Users", ["Callers", "Persistence", "FanOut", "Core", "Connections"]),
        ("Safety", ["Callers", "Concurrency", "Persistence", "FanOut", "Core", "Presence", "Connections"]),
        ("Policies", ["Callers", "Persistence", "Core"]),
        ("Rights", ["Callers", "Persistence", "Audit", "Core"]),
        ("Safety/Reports",
            ["Callers", "Persistence", "Audit", "FanOut", "Core", "Tasks", "Connections", "Rights"]),
        ("Transports",
            ["Callers", "Concurrency", "Observability", "Sockets", "Limits", "Memory", "FanOut", "Audit", "Core",
                "Identity", "Tasks", "Presence", "Connections", "Users", "Rights", "Safety", "Safety/Reports"]),
        ("Operators",
            ["Callers", "Configuration", "Web", "Limits", "Observability", "Persistence", "Audit", "Keys", "Identity",
                "Transports"]),
        ("Revocations",
            ["Callers", "Observability", "Memory", "Persistence", "FanOut", "Audit", "Core", "Identity", "Tasks",
                "Connections", "Transports"]),
        ("Observers", ["Concurrency", "Observability", "Persistence", "FanOut", "Core"]),
        // Wings: nobody knows them but Program.
        ("Tasks/Admin", ["Callers", "Web", "Core", "Identity", "Tasks", "Transports"]),
        ("Keys/Api", ["Callers", "Keys", "Core", "Identity", "Tasks", "Transports", "Revocations"]),
        ("Audit/Api", ["Callers", "Audit", "Core", "Identity", "Tasks", "Transports"]),
        ("Reactions", ["Callers", "Concurrency", "Persistence", "FanOut", "Core", "Connections", "Rights"]),
        ("Lists", ["Callers", "Persistence", "FanOut", "Core", "Connections"]),
        ("Erasures",
            ["Callers", "Persistence", "Audit", "FanOut", "Core", "Identity", "Tasks", "Transports"]),
        ("Retention", ["Persistence", "Core", "Tasks", "Erasures"]),
        ("Outbox", ["Callers", "Concurrency", "Core"]),
        ("Notifications",
            ["Callers", "Concurrency", "Webhooks/Posting", "Persistence", "Tasks", "Presence", "Observers"]),
        ("Webhooks",
            ["Callers", "Configuration", "Webhooks/Posting", "Observability", "Persistence", "Core", "Policies",
                "Transports", "Observers"]),
        ("Observers/Admin", ["Callers", "Persistence", "Core", "Transports", "Observers", "Outbox"]),
        ("Room",
            ["Callers", "Observability", "Persistence", "FanOut", "Core", "Identity", "Presence", "Connections",
                "Transports"]),
        ("Transfer",
            ["Callers", "Persistence", "Tasks", "Safety", "Safety/Reports", "Revocations", "Observers", "Retention"]),
        ("History", ["Callers", "Persistence", "Core", "Tasks"]),
        ("Application",
            ["Callers", "Audit", "Core", "Identity", "Tasks", "Users", "Rights", "Safety", "Safety/Reports",
                "Transports", "Observers", "Erasures", "Transfer", "History"]),
        ("Hosting",
            ["Callers", "Configuration", "Web", "Observability", "Limits", "Memory", "Persistence", "Audit", "Keys",
                "FanOut", "Identity", "Connections", "Transports", "Operators", "Transfer", "Erasures", "Webhooks"]),
        ("Embedding",
            ["Callers", "Configuration", "Persistence", "Tasks", "Policies", "Observers", "Outbox", "Identity",
                "Operators", "Hosting"]),
    ];

    private static IEnumerable<SourceFile> Server =>
        SourceFile.All.Where(file => file.Path.StartsWith("Chat.Server/", StringComparison.Ordinal)
            && file.Folder.Length > 0);

    [Fact]
    public void Folders_know_only_what_they_say() =>
        Assert.Empty(
            from file in Server
            let floor = FloorOf(file.Folder)
            from known in References(file).Select(FloorOf).Distinct()
            where known != floor && !KnownBy(floor).Contains(known)
            select $"{file.Path} knows {known}");

    [Fact]
    public void Folders_know_only_those_below_them() =>
        Assert.Empty(
            from floor in Floors.Index()
            from known in floor.Item.Knows
            where Floors.Take(floor.Index).All(lower => lower.Folder != known)
            select $"{floor.Item.Folder} knows {known}");

    [Fact]
    public void Nothing_is_said_to_be_known_that_is_not() =>
        Assert.Empty(
            from floor in Floors
            let known = Server.Where(file => FloorOf(file.Folder) == floor.Folder).SelectMany(References)
                .Select(FloorOf).ToHashSet()
            from said in floor.Knows
            where !known.Contains(said)
            select $"{floor.Folder} no longer knows {said}");

    [Theory]
    [InlineData("Chat.Server/(Core|FanOut|Presence|Connections|Persistence|Retention)/", @"Microsoft\.AspNetCore")]
    [InlineData("Chat.Server/(?!FanOut/Backplane/Redis/|Hosting/)", "StackExchange")]
    // Providers are known where rows are read and written, and where connection strings are made.
    [InlineData("Chat.Server/(?!Persistence/|Hosting/|Observability/|Embedding/Surface/)(?!.*(/Store/|Store\\.cs$))",
        Providers)]
    // What only the program has: these packages are not there in an application with a chat.
    [InlineData("Chat.Server/(?!Hosting/Program/)", @"DotNetEnv|OpenTelemetry|UseSwaggerUI|Swashbuckle")]
    [InlineData("Chat.Contracts/", @"Chat\.(Server|ClientSdk)|Microsoft\.")]
    [InlineData("Chat.ClientSdk/", @"Chat\.Server")]
    public void Packages_are_known_in_their_place(string files, string forbidden) =>
        Assert.Empty(
            from file in SourceFile.All
            where Regex.IsMatch(file.Path, "^" + files)
            from line in file.Lines
            where SourceFile.IsCode(line) && Regex.IsMatch(line, $@"\b({forbidden})\b")
            select $"{file.Path}: {line.Trim()}");

    private static string[] KnownBy(string folder) => Floors.Single(floor => floor.Folder == folder).Knows;

    /// <summary>The longest name that has a line.</summary>
    private static string FloorOf(string folder) =>
        Floors.Select(floor => floor.Folder)
            .Where(name => folder == name || folder.StartsWith(name + "/", StringComparison.Ordinal))
            .MaxBy(name => name.Length) ?? folder;

    private static IEnumerable<string> References(SourceFile file) =>
        file.Lines.Where(SourceFile.IsCode)
            .SelectMany(line => Namespaces().Matches(line))
            .Select(match => match.Groups[1].Value[1..].Replace('.', '/')).Distinct();

    [GeneratedRegex(@"\bChat\.Server((?:\.[A-Z]\w*)+)")]
    private static partial Regex Namespaces();
}
