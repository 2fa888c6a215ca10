using System.Text.Json;
using System.Text.RegularExpressions;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.JavaScript;

/// <summary>The JavaScript client says what Chat.Contracts says, or a test fails.</summary>
public sealed partial class ContractsDriftTests
{
    private static readonly string Sdk = Path.Combine(Repository.Root, "Chat.Server", "wwwroot", "sdk");

    /// <summary>With CHAT_ACCEPT_API=1 the file is written again; review it as code.</summary>
    [Fact]
    public void The_types_for_JavaScript_are_those_of_the_contracts()
    {
        var file = Path.Combine(Sdk, "contracts.d.ts");
        var now = TypeScriptContracts.Generate();
        if (Environment.GetEnvironmentVariable("CHAT_ACCEPT_API") == "1") File.WriteAllText(file, now);
        Assert.True(File.Exists(file), "contracts.d.ts is missing; run the tests once with CHAT_ACCEPT_API=1");
        Assert.Equal(now, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    /// <summary>Written again like the types.</summary>
    [Fact]
    public void The_limits_of_JavaScript_are_those_of_the_contracts()
    {
        var file = Path.Combine(Sdk, "core", "limits.js");
        var constants = typeof(ChatLimits).GetFields().Where(field => field.IsLiteral)
            .Select(
                field =>
                    $"  {char.ToLowerInvariant(field.Name[0])}{field.Name[1..]}: {field.GetRawConstantValue()},\n");
        var now = "// Generated from Chat.Contracts.Protocol.ChatLimits by ContractsDriftTests; not to be edited.\n\n"
            + "/** The sizes that are part of the protocol. */\n"
            + $"export const limits = Object.freeze({{\n{string.Concat(constants)}}});\n";
        if (Environment.GetEnvironmentVariable("CHAT_ACCEPT_API") == "1") File.WriteAllText(file, now);
        Assert.True(File.Exists(file), "limits.js is missing; run the tests once with CHAT_ACCEPT_API=1");
        Assert.Equal(now, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    /// <summary>Written again like the types.</summary>
    [Fact]
    public void The_rights_of_JavaScript_are_those_of_the_contracts()
    {
        var file = Path.Combine(Sdk, "core", "rights.js");
        var rows = RightsTable.Rows.Select(row => $"  {Word(row.Act)}: {{\n    kinds: [{Words(row.Kinds)}],\n"
            + $"    roles: [{Words(row.Roles)}],\n    others: {(row.Others ? "true" : "false")},\n  }},\n");
        var now = "// Generated from Chat.Contracts.Rules.RightsTable by ContractsDriftTests; not to be edited.\n\n"
            + "/** Who may do what: in which conversations, in which roles, and whether those without a role may. */\n"
            + $"export const rights = Object.freeze({{\n{string.Concat(rows)}}});\n";
        if (Environment.GetEnvironmentVariable("CHAT_ACCEPT_API") == "1") File.WriteAllText(file, now);
        Assert.True(File.Exists(file), "rights.js is missing; run the tests once with CHAT_ACCEPT_API=1");
        Assert.Equal(now, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    private static string Words<T>(IEnumerable<T> values) => string.Join(", ", values.Select(v => $"'{Word(v)}'"));

    private static string Word<T>(T value) => JsonNamingPolicy.CamelCase.ConvertName($"{value}");

    [Fact]
    public void The_client_calls_methods_that_the_hub_has_with_arguments_that_it_takes()
    {
        var hub = TypeScriptContracts.Arity(typeof(IChatHub)).ToDictionary(method => method.Name);
        var calls = Sources().SelectMany(
            source => Call()
                .Matches(source)
                .Select(match =>
                    (Name: match.Groups["name"].Value, Arguments: CountArguments(source, match.Index + match.Length))))
            .ToList();
        foreach (var (name, arguments) in calls)
        {
            Assert.True(hub.TryGetValue(name, out var method), $"the hub has no {name}");
            Assert.InRange(arguments, method.Least, method.Most);
        }
        Assert.Empty(hub.Keys.Except(calls.Select(call => call.Name)));
    }

    [Fact]
    public void The_client_listens_to_everything_that_the_hub_calls()
    {
        var listened = Sources().SelectMany(source => Listener().Matches(source))
            .Select(match => match.Groups["name"].Value).ToHashSet();
        Assert.Equal(TypeScriptContracts.Arity(typeof(IChatClient)).Select(method => method.Name).Order(),
            listened.Order());
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Sdk, "core"), "*.js").Select(File.ReadAllText);

    /// <summary>Those that follow the method's name, up to the end of the call.</summary>
    private static int CountArguments(string source, int at)
    {
        var (depth, count) = (0, 0);
        for (; depth >= 0; at++)
        {
            if (source[at] is '(' or '[' or '{') depth++;
            else if (source[at] is ')' or ']' or '}') depth--;
            else if (source[at] == ',' && depth == 0) count++;
        }
        return count;
    }

    /// <summary><c>invoke('Join', …</c>, and <c>call(repeatable, signal, 'History', …</c>.</summary>
    [GeneratedRegex(@"\b(?:invoke\(|call\([^,\n]+, [^,\n]+, )'(?<name>[A-Z]\w+)'")]
    private static partial Regex Call();

    [GeneratedRegex(@"\bon\('(?<name>[A-Z]\w+)'|^\s+(?<name>[A-Z]\w+): \(\w+\) =>", RegexOptions.Multiline)]
    private static partial Regex Listener();
}
