using System.Text.RegularExpressions;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Documentation;

/// <summary>docs/protocol.md says that tests cite the rules they prove: by number, in a comment at the test or at its
/// class.</summary>
public sealed partial class RuleCitationTests
{
    [Fact]
    public void Every_rule_of_the_protocol_is_cited_by_a_test_and_every_citation_is_of_a_rule()
    {
        var rules = Rule().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "protocol.md")))
            .Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(rules.Distinct(), rules);
        var cited = Sources().SelectMany(file => Citation().Matches(File.ReadAllText(file)))
            .Select(match => match.Value).ToHashSet();
        Assert.Empty(rules.Except(cited));
        Assert.Empty(cited.Except(rules));
    }

    /// <summary>Files with tests; what only helps them proves nothing.</summary>
    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "Chat.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(
                file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal))
            .Where(file => Test().IsMatch(File.ReadAllText(file)));

    [GeneratedRegex(@"^\| (CH-\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex(@"\bCH-\d+\b")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\[\w*(Fact|Theory)\b", RegexOptions.Multiline)]
    private static partial Regex Test();
}
