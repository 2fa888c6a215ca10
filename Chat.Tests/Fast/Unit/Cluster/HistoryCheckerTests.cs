using Chat.Tests.Fixtures.Cluster.History;

namespace Chat.Tests.Unit.Cluster;

/// <summary>A history with one planted fault each: the checker that proves the cluster right must find it.</summary>
public sealed class HistoryCheckerTests
{
    private const string Ann = "ann";

    private static readonly Guid Team = Guid.Parse("7d0ea2b4-22a0-4f4b-9c5e-000000000001");

    [Fact]
    public void A_right_history_has_no_problems()
    {
        var log = Log(6);
        var findings = Check(log,
            [Acknowledged(log[1]), Acknowledged(log[4]) with { Id = null, Sequence = null, Key = log[4].DedupeKey }],
            View(log, (0, [1, 2, 3]), (3, [4, 5, 6])));
        Assert.Equal("nothing wrong", findings.ToString());
    }

    [Fact]
    public void An_entry_that_was_not_shown_is_lost() =>
        Expect(HistoryFault.Lost, "sequence 4 where sequence 3 was due", Log(5), View(Log(5), (0, [1, 2, 4, 5])));

    [Fact]
    public void A_view_that_ends_early_lacks_the_rest() =>
        Expect(HistoryFault.Lost, "ends before sequence 4; the log goes on to 5", Log(5), View(Log(5), (0, [1, 2, 3])));

    [Fact]
    public void A_hole_between_two_connections_is_a_loss() => Expect(HistoryFault.Lost,
        "sequence 4 where sequence 3 was due", Log(5), View(Log(5), (0, [1, 2]), (2, [4, 5])));

    [Fact]
    public void An_entry_shown_twice_is_repeated() =>
        Expect(HistoryFault.Repeated, "sequence 2 where sequence 3 was due", Log(3), View(Log(3), (0, [1, 2, 2, 3])));

    [Fact]
    public void An_entry_shown_again_on_the_next_connection_is_repeated() => Expect(HistoryFault.Repeated,
        "sequence 2 where sequence 3 was due", Log(3), View(Log(3), (0, [1, 2]), (2, [2, 3])));

    [Fact]
    public void Swapped_entries_are_out_of_order() =>
        Expect(HistoryFault.OutOfOrder, "sequence 2 where sequence 4 was due", Log(4), View(Log(4), (0, [1, 3, 2, 4])));

    [Fact]
    public void A_log_with_a_hole_is_one()
    {
        var log = Log(4);
        log.RemoveAt(2);
        Expect(HistoryFault.Hole, "sequence 4 where 3 was due", log, View(log, (0, [1, 2, 4])));
    }

    [Fact]
    public void A_message_that_was_acknowledged_and_is_not_stored_is_lost()
    {
        var log = Log(3);
        var findings = Check(log, [Acknowledged(log[1]) with { Key = "other", Body = "other" }],
            View(log, (0, [1, 2, 3])));
        Assert.Contains("Lost", Assert.Single(findings.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_is_stored_elsewhere_than_acknowledged_differs()
    {
        var log = Log(3);
        var findings = Check(log,
            [Acknowledged(log[1]) with { Sequence = 3 }, Acknowledged(log[2]) with { Id = Guid.NewGuid() }],
            View(log, (0, [1, 2, 3])));
        Assert.Equal(2, findings.CountOf(HistoryFault.Differs));
    }

    [Fact]
    public void A_key_that_is_stored_twice_is_repeated()
    {
        var log = Log(3);
        log.Add(log[1] with { Sequence = 4, Id = Guid.NewGuid() });
        var findings = Check(log, [Acknowledged(log[1])], View(log, (0, [1, 2, 3, 4])));
        Assert.Equal(2, findings.CountOf(HistoryFault.Repeated)); // in the log, and of the acknowledged
    }

    [Fact]
    public void A_message_without_a_key_may_be_stored_twice_but_not_never()
    {
        var log = Log(2);
        log[0] = log[0] with { DedupeKey = null };
        log.Add(log[0] with { Sequence = 3, Id = Guid.NewGuid() });
        var once = Acknowledged(log[0]) with { Key = null, Id = null, Sequence = null };
        Assert.Equal(0, Check(log, [once], View(log, (0, [1, 2, 3]))).Count);
        Assert.Equal(1,
            Check(log, [once with { Body = "never" }], View(log, (0, [1, 2, 3]))).CountOf(HistoryFault.Lost));
    }

    [Fact]
    public void Other_contents_than_the_log_has_differ()
    {
        var log = Log(3);
        var other = new List<LoggedEntry>(log)
        {
            [1] = log[1] with { Body = "changed" }, [2] = log[2] with { Id = Guid.NewGuid() }
        };
        Assert.Equal(2, Check(log, [], View(other, (0, [1, 2, 3]))).CountOf(HistoryFault.Differs));
    }

    [Fact]
    public void An_entry_that_is_in_no_log_differs() =>
        Expect(HistoryFault.Differs, "which is not in the log", Log(3), View(Log(4), (0, [1, 2, 3, 4])));

    [Fact]
    public void Messages_of_one_connection_that_are_stored_in_another_order_are_out_of_order()
    {
        var log = Log(3);
        List<Acknowledgement> told = [Acknowledged(log[1]) with { Order = (1, 1) },
            Acknowledged(log[2]) with { Order = (1, 0) }];
        Assert.Equal(1, Check(log, told, View(log, (0, [1, 2, 3]))).CountOf(HistoryFault.OutOfOrder));
        told[1] = told[1] with { Order = (2, 0) };
        Assert.Equal(0, Check(log, told, View(log, (0, [1, 2, 3]))).Count);
    }

    [Fact]
    public void A_reader_of_messages_is_not_due_the_other_entries_and_one_without_sequences_starts_anywhere()
    {
        var log = Log(5);
        log[2] = log[2] with { IsMessage = false };
        var messages = View(log, new ReaderHistory(Ann, Team) { MessagesOnly = true }, (0, [1, 2, 4, 5]));
        var plain = new ReaderHistory("bob", Team) { MessagesOnly = true, LiveOnly = true };
        foreach (var stretch in (long[][])[[2, 4], [2, 4, 5], []])
        {
            plain.Begin(null);
            foreach (var sequence in stretch) plain.Show(Shown(log[(int)sequence - 1]) with { Sequence = 0 });
        }
        Assert.Equal("nothing wrong", Check(log, [], messages, plain).ToString());
        plain.Begin(null);
        foreach (var sequence in (int[])[1, 4, 5]) plain.Show(Shown(log[sequence - 1]) with { Sequence = 0 });
        Assert.Equal(1, Check(log, [], plain).CountOf(HistoryFault.Lost));
    }

    [Fact]
    public void Anything_stored_for_an_outsider_is_a_leak()
    {
        var log = Log(2);
        log.Add(new LoggedEntry(3, Guid.NewGuid(), "eve", "let me in"));
        Expect(HistoryFault.Leaked, "eve", log, View(log, (0, [1, 2, 3])));
    }

    [Theory]
    // left at 2, back by 4, and asked for what it missed
    [InlineData(new long[] { 1, 2 }, 2, new long[] { 3, 4, 5 }, 100, 0)]
    // shown 3 on the connection that 2 had closed: CH-8
    [InlineData(new long[] { 1, 2, 3 }, 3, new long[] { 4, 5 }, 100, 1)]
    // shown before anybody had asked to add it again
    [InlineData(new long[] { 1, 2 }, 2, new long[] { 3, 4, 5 }, 9_000, 3)]
    public void One_who_was_removed_sees_nothing_until_it_is_added_again(
        long[] first, long after, long[] second, long addedAt, int leaks)
    {
        var log = Log(5);
        log[1] = log[1] with { IsMessage = false, Removed = Ann };
        log[3] = log[3] with { IsMessage = false, Added = [Ann] };
        var reader = View(log, new ReaderHistory(Ann, Team) { ComesAndGoes = true }, (0, first), (after, second));
        var findings = CheckComings(log, reader, addedAt);
        Assert.True(leaks == 0 ? findings.Count == 0 : findings.CountOf(HistoryFault.Leaked) >= leaks,
            findings.ToString());
    }

    [Fact]
    public void A_removal_that_was_history_when_the_member_joined_again_ends_nothing()
    {
        var log = Log(5);
        log[1] = log[1] with { IsMessage = false, Removed = Ann };
        log[3] = log[3] with { IsMessage = false, Added = [Ann] };
        var reader = new ReaderHistory(Ann, Team) { ComesAndGoes = true };
        reader.Begin(0, head: 4);
        foreach (var entry in log) reader.Show(Shown(entry));
        Assert.Equal("nothing wrong", CheckComings(log, reader, addedAt: 100).ToString());
    }

    [Fact]
    public void A_complaint_of_a_client_is_a_problem() =>
        Assert.Equal(1,
            HistoryChecker.Check(new ClusterHistory { Logs = Logs(Log(1)), Complaints = ["refused"] }).Count);

    private static HistoryFindings CheckComings(
        List<LoggedEntry> log, ReaderHistory reader, long addedAt) => HistoryChecker.Check(new ClusterHistory
    {
        Logs = Logs(log), Readers = [reader],
        AddedAgainAt = new Dictionary<string, IReadOnlyList<long>> { [Ann] = [addedAt] },
    });

    private static void Expect(HistoryFault fault, string words, List<LoggedEntry> log, ReaderHistory reader)
    {
        var findings = Check(log, [], reader);
        Assert.True(findings.CountOf(fault) == findings.Count && findings.Count > 0, findings.ToString());
        Assert.Contains(words, findings.Problems.First(), StringComparison.Ordinal);
    }

    private static HistoryFindings Check(
        List<LoggedEntry> log, List<Acknowledgement> acknowledged,
        params ReaderHistory[] readers) => HistoryChecker.Check(new ClusterHistory
    {
        Logs = Logs(log), Readers = readers, Outsiders = new HashSet<string> { "eve" },
        Acknowledged = new Dictionary<Guid, IReadOnlyList<Acknowledgement>> { [Team] = acknowledged },
    });

    private static Dictionary<Guid, IReadOnlyList<LoggedEntry>> Logs(List<LoggedEntry> log) => new() { [Team] = log };

    private static List<LoggedEntry> Log(int count) =>
        [.. Enumerable.Range(1,
            count).Select(n =>
                new LoggedEntry(n, new Guid(n, 0, 0, new byte[8]), Ann, $"body {n}") { DedupeKey = $"key {n}" })];

    private static Acknowledgement Acknowledged(LoggedEntry entry) =>
        new(entry.Sender, entry.Body!, entry.DedupeKey, entry.Id, entry.Sequence);

    private static ShownEntry Shown(LoggedEntry entry) => new(entry.Sequence, entry.Id, entry.Content, At: 1_000);

    private static ReaderHistory View(List<LoggedEntry> log, params (long After, long[] Shown)[] epochs) =>
        View(log, new ReaderHistory(Ann, Team), epochs);

    private static ReaderHistory View(
        List<LoggedEntry> log, ReaderHistory reader, params (long After, long[] Shown)[] epochs)
    {
        foreach (var (after, shown) in epochs)
        {
            reader.Begin(after);
            foreach (var sequence in shown) reader.Show(Shown(log.Single(entry => entry.Sequence == sequence)));
        }
        return reader;
    }
}
