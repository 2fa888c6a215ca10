using Chat.Contracts.Entries;
using Chat.Tests.Fixtures.Membership;
using FluentAssertions;

namespace Chat.Tests.Unit.Membership;

/// <summary>The check finds what it is for. The log: 1 created with bob, 2 a message, 3 bob is removed, 4 a message, 5
/// bob is added, 6 a message.</summary>
public sealed class ViewCheckTests
{
    private static readonly IReadOnlyList<ConversationEntry> Log = MakeLog();

    [Theory]
    [InlineData("J0 j0/2 1 2 3 C")]
    [InlineData("J0 1 2 j0/2 3 C")] // on the hub entries may come before the answer
    [InlineData("J0 j0/2 1 L l")]
    [InlineData("J0 j0/2 1 2 J0 1 j0/2 2 3 C")] // a second join moves the cursor
    [InlineData("J0 j0/2 1 J j1/2 2 L J0 l 1 j0/2 2 3 C J4 j4/6 5 6")]
    [InlineData("J0 j0/2 1 2 J j2/5 3 4 5 6")] // joined again while the removal was ahead
    [InlineData("J4 j4/6 5 6 J x")] // a refused second join changes nothing
    [InlineData("J0 L j0/2 1 l")]
    public void Allowed_histories_pass(string told) => Check(told).Should().BeNull();

    [Theory]
    [InlineData("J0 j0/2 1 1")]
    [InlineData("J0 j0/2 2")]
    [InlineData("J0 j0/2 1 L l 2")]
    [InlineData("J0 j0/2 1 2 3 4")]
    [InlineData("J0 j0/2 1 2 3 C 4")]
    [InlineData("J0 j0/2 1 2 C")] // closed before the removal was shown
    [InlineData("J0 j0/4 1 2 3 4")] // its right cannot be younger than the removal
    [InlineData("J0 j0/2 1 2 J1 j1/2 3")]
    [InlineData("J0 j0/2 1 J j0/2")]
    [InlineData("J4 j3/6")]
    [InlineData("1")]
    [InlineData("J0 j0/2 1 2 L J0 l j0/2 2")]
    public void Forbidden_histories_fail(string told) => Check(told).Should().NotBeNull();

    [Theory]
    [InlineData("J0 1 j0/2")]
    [InlineData("J4 j4/6 L M 5 l")]
    public void A_raw_socket_is_answered_first_and_told_that_it_left(string told) =>
        Check(told, isRaw: true).Should().NotBeNull();

    [Theory]
    [InlineData("J0 j0/2 1 L M l")]
    [InlineData("J0 j0/2 1 2 3 M L M l")]
    [InlineData("J4 j4/6 5 L J4 M l j4/6 5 6")]
    public void So_a_raw_socket_may_be_told(string told) => Check(told, isRaw: true).Should().BeNull();

    [Theory]
    [InlineData("J4 j4/6 5 6", true)]
    [InlineData("J4 j4/6 5", false)]
    [InlineData("J0 j0/2 1 2 3", false)] // it was not told that it was removed
    [InlineData("J0 j0/2 1 2 3 C", true)]
    [InlineData("J4 j4/6 5 L l", true)]
    [InlineData("J4 j4/6 5 L", false)]
    public void A_reader_that_lacks_something_is_found(string told, bool isComplete)
    {
        var view = Parse(told, isRaw: false);
        var check = new ViewCheck(view, Log, new Participation(Log, "bob"));
        check.Run().Should().BeNull();
        (check.Missing() is null).Should().Be(isComplete);
    }

    [Fact]
    public void Participants_follow_from_the_log()
    {
        var bob = new Participation(Log, "bob");
        Enumerable.Range(0, 7).Select(head => bob.IsIn(head)).Should()
            .Equal(false, true, true, false, false, true, true);
        bob.LimitAsOf(2).Should().Be(3);
        bob.LimitAsOf(4).Should().Be(3);
        bob.LimitAsOf(5).Should().Be(long.MaxValue);
        bob.EverWas(true, 3, 4).Should().BeFalse();
        bob.EverWas(false, 2, 3).Should().BeTrue();
    }

    private static string? Check(string told, bool isRaw = false) =>
        new ViewCheck(Parse(told, isRaw), Log, new Participation(Log, "bob")).Run();

    /// <summary><c>J4</c> a join after 4 and its answer <c>j4/6</c> with the head, or <c>x</c>; <c>L</c> a leave and
    /// its answer <c>l</c>; <c>C</c> closed, <c>M</c> left; a number is an entry.</summary>
    private static View Parse(string text, bool isRaw)
    {
        var (calls, told, answered) = (new List<Call>(), new List<Told>(), 0);
        foreach (var word in text.Split(' '))
        {
            switch (word[0])
            {
                case 'J' or 'L':
                    calls.Add(new Call(word[0] == 'J', word.Length > 1 ? long.Parse(word[1..], null) : null));
                    told.Add(new Told(ToldKind.Asked, calls.Count - 1));
                    break;
                case 'j' or 'l' or 'x':
                    var numbers = word[1..].Split('/', StringSplitOptions.RemoveEmptyEntries);
                    calls[answered].Answer = word == "x" ? new Answer("forbidden")
                        : numbers.Length == 0 ? new Answer(null)
                        : new Answer(null, long.Parse(numbers[0], null), long.Parse(numbers[1], null));
                    told.Add(new Told(ToldKind.Answered, answered++));
                    break;
                case 'C' or 'M':
                    told.Add(new Told(word == "C" ? ToldKind.Closed : ToldKind.Left));
                    break;
                default:
                    var sequence = long.Parse(word, null);
                    told.Add(new Told(ToldKind.Entry, Sequence: sequence,
                        Text: ViewCheck.TextOf(Log[(int)sequence - 1])));
                    break;
            }
        }
        return new View("bob", isRaw, calls, told);
    }

    private static IReadOnlyList<ConversationEntry> MakeLog()
    {
        var created = Drafts.Created("ann", "bob");
        var where = created.ConversationId;
        ConversationEntry[] log =
        [
            created, Drafts.Message(where), Drafts.Removed(where, "bob"), Drafts.Message(where),
            Drafts.Added(where, "bob"), Drafts.Message(where),
        ];
        return [.. log.Select((entry, i) => entry with { Sequence = i + 1 })];
    }
}
