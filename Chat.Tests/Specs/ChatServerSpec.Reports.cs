using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs;

/// <content>Reports to moderators.</content>
public abstract partial class ChatServerSpec
{
    // CH-214, CH-215
    [Fact]
    public async Task A_reported_message_is_shown_to_moderators_and_closed_by_them()
    {
        var (ann, ben, id) = await GroupAsync(Cem);
        var cem = await ConnectAsync(Cem);
        await ben.Hub.Send(id, "buy now"); // 2
        Assert.Empty(await ann.Hub.Reports(id));

        await cem.Hub.Report(id, new ReportContent { Sequence = 2, Reason = " spam " });
        await cem.Hub.Report(id, new ReportContent { Sequence = 2, Reason = "again" }); // changes nothing
        Assert.Equal(new ReportsChange(id), await ann.Pushes.Reports.NextAsync());

        var open = Assert.Single(await ann.Hub.Reports(id));
        Assert.Equal((id, Ben, 2L, "spam", Cem, false),
            (open.ConversationId, open.UserId, open.Sequence!.Value, open.Reason, open.ReporterId, open.IsEntryCut));
        Assert.Equal("buy now", Assert.IsType<MessageEntry>(open.Entry).Body);
        Assert.Empty(await ann.Hub.Reports(id, new ReportsQuery { After = open.Id }));

        await ann.Hub.CloseReport(open.Id, ReportOutcome.Acted);
        await ann.Hub.CloseReport(open.Id, ReportOutcome.Dismissed); // closed already
        Assert.Equal(new ReportsChange(id), await ann.Pushes.Reports.NextAsync());
        Assert.Empty(await ann.Hub.Reports(id));
        // After it was closed the same may be reported again.
        await cem.Hub.Report(id, new ReportContent { Sequence = 2, Reason = "still there" });
        Assert.Single(await ann.Hub.Reports(id));
    }

    // CH-214
    [Fact]
    public async Task Present_and_former_participants_can_be_reported()
    {
        var (ann, ben, id) = await GroupAsync(Cem);
        await ben.Hub.Report(id, new ReportContent { UserId = Cem, Reason = "rude" });
        await ann.Hub.RemoveParticipant(id, Cem);
        await ann.Hub.Report(id, new ReportContent { UserId = Cem, Reason = "rude" });

        var open = await ann.Hub.Reports(id);
        Assert.Equal([(Cem, Ben), (Cem, Ann)], open.Select(one => (one.UserId, one.ReporterId)));
        Assert.All(open, one => Assert.Equal((null, null), (one.Sequence, one.Entry)));
        Assert.Equal(open[1].Id, Assert.Single(
            await ann.Hub.Reports(id, new ReportsQuery { After = open[0].Id, Limit = 1 })).Id);
        // Of a public conversation everybody is part.
        await ben.Hub.Report(ConversationId.Lobby, new ReportContent { UserId = Cem, Reason = "rude" });
    }

    // CH-215: also where the reported user is a moderator
    [Fact]
    public async Task A_report_is_shown_to_moderators_only_and_never_to_the_reported_user()
    {
        var (ann, ben, id) = await GroupAsync(Cem);
        var cem = await ConnectAsync(Cem);
        await ann.Hub.SetRole(id, Give(Ben, ParticipantRole.Moderator));
        Assert.Empty(await ben.Hub.Reports(id));
        Assert.Empty(await ann.Hub.Reports(id));

        await cem.Hub.Report(id, new ReportContent { UserId = Ann, Reason = "rude" });

        Assert.Equal(new ReportsChange(id), await ben.Pushes.Reports.NextAsync());
        var report = Assert.Single(await ben.Hub.Reports(id));
        Assert.Empty(await ann.Hub.Reports(id));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours,
            () => ann.Hub.CloseReport(report.Id, ReportOutcome.Dismissed));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours,
            () => cem.Hub.CloseReport(report.Id, ReportOutcome.Dismissed));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours,
            () => cem.Hub.CloseReport(report.Id + 1_000, ReportOutcome.Dismissed));
        await RefusedAsync(ChatErrorCode.Forbidden, "only an owner or a moderator may see reports",
            () => cem.Hub.Reports(id));
        await RefusedAsync(ChatErrorCode.Forbidden,
            "only a moderator of all conversations may see the reports of all; name a conversation",
            () => ben.Hub.Reports());
        Assert.Single(await ben.Hub.Reports(id)); // open as before
        var dan = await ConnectAsync(UserId.Parse("dan"));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => dan.Hub.Reports(id));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours,
            () => dan.Hub.Report(id, new ReportContent { UserId = Ann, Reason = "x" }));
    }

    // CH-214
    [Fact]
    public async Task Impossible_reports_are_refused_with_the_reason()
    {
        var (_, ben, id) = await GroupAsync(Cem);
        await ben.Hub.Send(id, "mine"); // 2
        foreach (var (content, words) in new (ReportContent, string)[]
        {
            (new() { Reason = "x" }, "give either sequence or userId"),
            (new() { Reason = "x", Sequence = 2, UserId = Ann }, "give either sequence or userId"),
            (new() { Reason = " ", UserId = Ann }, "reason is required"),
            (new() { Reason = new string('x', 256), UserId = Ann },
                "reason must have at most 255 characters (Unicode code points)"),
            (new() { Reason = "x", UserId = Ben }, "a report is about somebody else"),
            (new() { Reason = "x", Sequence = 2 }, "a report is about somebody else"),
            (new() { Reason = "x", Sequence = 1 }, "sequence must name a message of the conversation"),
            (new() { Reason = "x", Sequence = 99 }, "sequence must name a message of the conversation"),
            (new() { Reason = "x", UserId = UserId.Parse("zoe") },
                "userId must name somebody who takes or took part in the conversation"),
        })
            await RefusedAsync(ChatErrorCode.BadRequest, words, () => ben.Hub.Report(id, content));
        await RefusedAsync(ChatErrorCode.BadRequest, "limit must be a whole number from 1 to 50",
            () => ben.Hub.Reports(id, new ReportsQuery { Limit = 51 }));
    }

    // CH-214
    [Fact]
    public async Task A_user_has_100_open_reports_at_most()
    {
        var (ann, ben, _) = await GroupAsync();
        var ids = new List<ConversationId>();
        for (var i = 0; i <= 100; i++)
            ids.Add((await ann.Hub.CreateConversation(new() { ParticipantIds = [Ben] })).Id);
        foreach (var id in ids.Take(100)) await ben.Hub.Report(id, new() { UserId = Ann, Reason = "rude" });
        await RefusedAsync(ChatErrorCode.Forbidden,
            "at most 100 of your reports can be open; moderators look at them first",
            () => ben.Hub.Report(ids[100], new() { UserId = Ann, Reason = "rude" }));
        await ben.Hub.Report(ids[0], new() { UserId = Ann, Reason = "the same" }); // it is open already
    }
}
