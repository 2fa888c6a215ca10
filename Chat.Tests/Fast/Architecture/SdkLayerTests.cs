using System.Text.RegularExpressions;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Architecture;

/// <summary>The folders of the SDK, from the ground up. Told by the names of types, not by namespaces: what
/// applications use is in few namespaces, wherever its file lies.</summary>
public sealed partial class SdkLayerTests
{
    // Those on one level do not know each other. "" is the folder of ChatClient itself.
    private static readonly string[][] Levels =
    [
        ["Errors"], ["Options"], ["Connection"], ["Link"], ["Reading", "Sending"], ["Views"], [""],
        ["Hosting", "Testing"],
    ];

    private static readonly List<Source> Sources = Read();

    [Fact]
    public void Every_folder_has_a_level() =>
        Assert.Equal(Levels.SelectMany(level => level).Order(),
            Sources.Select(source => source.Folder).Distinct().Order());

    [Fact]
    public void A_folder_knows_only_those_below_it()
    {
        var folders = (from source in Sources from type in source.Declared select (type, source.Folder))
            .Distinct().ToLookup(pair => pair.type, pair => pair.Folder);
        var arrows = Sources.SelectMany(source => source.Named.Where(folders.Contains)
            .SelectMany(
                type => folders[type].Select(to => new Arrow(source.Folder, to, $"{source.Path} names {type}"))))
            .Where(arrow => arrow.From != arrow.To).ToList();

        Assert.Contains(arrows, arrow => arrow is { From: "Views", To: "Reading" }); // it sees something at all
        Assert.Empty(arrows.Where(arrow => LevelOf(arrow.To) >= LevelOf(arrow.From)).Select(arrow => arrow.Why));
    }

    private static int LevelOf(string folder) => Array.FindIndex(Levels, level => level.Contains(folder));

    private static List<Source> Read()
    {
        var project = Path.Combine(Repository.Root, "Chat.ClientSdk");
        return
        [
            .. Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(project, path).Replace('\\', '/'))
                .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal)
                    && !path.StartsWith("bin/", StringComparison.Ordinal))
                .Select(path => new Source(path, NotCode().Replace(File.ReadAllText(Path.Combine(project, path)), ""))),
        ];
    }

    [GeneratedRegex("""//[^\n]*|"(?:[^"\\\n]|\\.)*"|^(?:using|namespace)\b[^\n]*;""", RegexOptions.Multiline)]
    private static partial Regex NotCode();

    [GeneratedRegex(
        @"^(?:public |internal )(?:\w+ )*(?:class|record struct|record|struct|interface|enum) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    // Not what follows a dot, nor a property that is called as a type is.
    [GeneratedRegex(@"(?<![.\w])[A-Z]\w*\b(?! \{ get)")]
    private static partial Regex Name();

    private sealed record Arrow(string From, string To, string Why);

    private sealed class Source(string path, string code)
    {
        public string Path => path;

        public string Folder => path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/')] : "";

        public HashSet<string> Declared { get; } =
            [.. Declaration().Matches(code).Select(match => match.Groups[1].Value)];

        public HashSet<string> Named { get; } = [.. Name().Matches(code).Select(match => match.Value)];
    }
}
