using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Rules;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Rules;

/// <summary>The table of rights, and docs/rights.md, which shows it. CH-190.</summary>
public sealed class RightsTableTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "rights.md");

    private static readonly ParticipantRole[] Roles =
    [
        ParticipantRole.Owner, ParticipantRole.Moderator, ParticipantRole.Member, ParticipantRole.Readonly,
        ParticipantRole.Blocked,
    ];

    /// <summary>With CHAT_ACCEPT_API=1 the table is written again; review it as code.</summary>
    [Fact]
    public void The_page_shows_the_table()
    {
        var page = File.ReadAllText(Page).ReplaceLineEndings("\n");
        const string start = "<!-- table -->\n", end = "<!-- end -->";
        var from = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = page.IndexOf(end, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("CHAT_ACCEPT_API") == "1")
            File.WriteAllText(Page, page = $"{page[..from]}{Print()}{page[to..]}");
        Assert.Contains(start + Print() + end, page, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_a_row_for_each_act_in_their_order() =>
        Assert.Equal(Enum.GetValues<ConversationAct>(), RightsTable.Rows.Select(row => row.Act));

    [Fact]
    public void The_table_answers_as_its_rows_say()
    {
        foreach (var row in RightsTable.Rows)
            foreach (var kind in Enum.GetValues<ConversationKind>())
            {
                var isThere = row.Kinds.Contains(kind);
                foreach (var role in Roles)
                    Assert.Equal(isThere && row.Roles.Contains(role), RightsTable.Allow(row.Act, kind, role));
                var isOpen = kind == ConversationKind.Public || row.Act <= ConversationAct.CreatePublic;
                Assert.Equal(isThere && row.Others && isOpen, RightsTable.Allow(row.Act, kind, role: null));
                Assert.Equal(isThere && row.Application, RightsTable.AllowApplication(row.Act, kind));
            }
        Assert.All(RightsTable.Rows, row => Assert.DoesNotContain(ParticipantRole.Blocked, row.Roles));
        Assert.False(RightsTable.Allow(ConversationAct.Read, (ConversationKind)7, ParticipantRole.Owner));
        Assert.False(RightsTable.Allow(ConversationAct.Read, ConversationKind.Group, (ParticipantRole)7));
    }

    [Fact]
    public void Owners_stand_above_all_and_moderators_above_all_but_owners_and_moderators()
    {
        foreach (var other in Roles.Cast<ParticipantRole?>().Append(null))
        {
            Assert.True(RightsTable.IsAbove(ParticipantRole.Owner, other));
            Assert.Equal(other is not (ParticipantRole.Owner or ParticipantRole.Moderator),
                RightsTable.IsAbove(ParticipantRole.Moderator, other));
            Assert.False(RightsTable.IsAbove(ParticipantRole.Member, other));
            Assert.False(RightsTable.IsAbove(null, other));
        }
    }

    private static string Print()
    {
        var head = $"| act | in | {string.Join(" | ", Roles.Select(Word))} | others | application |\n";
        return head + $"|---|---|{string.Concat(Enumerable.Repeat("---|", Roles.Length + 2))}\n"
            + string.Concat(RightsTable.Rows.Select(row => $"| {Word(row.Act)} | "
                + $"{string.Join(", ", row.Kinds.Select(Word))} | "
                + string.Concat(Roles.Select(role => $"{Mark(row.Roles.Contains(role))} | "))
                + $"{Mark(row.Others)} | {Mark(row.Application)} |\n"));
    }

    private static string Mark(bool may) => may ? "yes" : "–";

    private static string Word<T>(T value) => JsonNamingPolicy.CamelCase.ConvertName($"{value}");
}
