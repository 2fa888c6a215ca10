using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;

namespace Chat.Tests.Architecture;

/// <summary>One type a file, and few things that a type is made of.</summary>
public sealed partial class ShapeTests
{
    private const int MostParameters = 5;

    /// <summary>Types that are still made of more. The list only ever shrinks.</summary>
    private static readonly string[] Large =
    [
        // What all of a kind share, handed on as one.
        "LaneContext", "FeedContext",
        // The one service: a method per thing that users do.
        "ChatService",
        // To be parted: who does the work, and when it is done.
        "TaskWorker", "PresenceService", "PresenceDesk", "PresenceGossip", "ContactCircles",
    ];

    /// <summary>Files that still hold more than one type. The list only ever shrinks.</summary>
    private static readonly string[] Shared =
    [
        // Public types of the packages: moving them is for their next version.
        "Chat.ClientSdk/Link/ConnectionState.cs", "Chat.ClientSdk/Views/ViewEventArgs.cs",
        "Chat.Contracts/Entries/AmendmentEntries.cs", "Chat.Contracts/Entries/MembershipEntries.cs",
        "Chat.Contracts/Json/IdentifierConverters.cs",
        // A type and the one that it gives.
        "Chat.ClientSdk/Sending/IPendingMessages.cs", "Chat.ClientSdk/Views/ConversationState.cs",
    ];

    [Fact]
    public void A_type_is_made_of_at_most_five_things()
    {
        var large = new[] { typeof(ChatService), typeof(ChatClient), typeof(ConversationId) }
            .SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.IsClass && !IsRecord(type) && !typeof(Delegate).IsAssignableFrom(type)
                && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .Where(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Any(constructor => constructor.GetParameters().Length > MostParameters))
            .Select(type => type.Name).ToList();

        Assert.Empty(large.Except(Large));
        Assert.Empty(Large.Except(large).Select(name => $"{name} is small now: take it out of the list"));
    }

    [Fact]
    public void A_file_holds_one_type()
    {
        var shared = SourceFile.All.Where(file => file.Path.StartsWith("Chat.Server/", StringComparison.Ordinal)
                || file.Path.StartsWith("Chat.ClientSdk/", StringComparison.Ordinal)
                || file.Path.StartsWith("Chat.Contracts/", StringComparison.Ordinal))
            .Where(file => TypesOf(file).Count() > 1).Select(file => file.Path).ToList();

        Assert.Empty(shared.Except(Shared));
        Assert.Empty(Shared.Except(shared).Select(path => $"{path} holds one now: take it out of the list"));
    }

    /// <summary>Generic twins are one. What is generated for a type, its validator or its JSON, may stand beside
    /// it.</summary>
    private static IEnumerable<string> TypesOf(SourceFile file) =>
        file.Lines.Index()
            .Where(line => !line.Item.Contains(": JsonSerializerContext", StringComparison.Ordinal)
                && (line.Index == 0 || file.Lines[line.Index - 1] != "[OptionsValidator]"))
            .Select(line => Declaration().Match(line.Item)).Where(match => match.Success)
            .Select(match => match.Groups[1].Value).Distinct();

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref)\s+)*"
        + @"(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>\[\]?.]+)\s+(\w+)")]
    private static partial Regex Declaration();
}
