using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using FluentAssertions;

namespace Chat.Tests.Unit.ClientSdk;

/// <summary>A call that a server would not read whole is refused before it ends a connection.</summary>
public sealed class CallSizeTests
{
    [Fact]
    public void Calls_larger_than_a_frame_are_refused_whichever_part_is_large()
    {
        var users = Enumerable.Range(0, 60_000).Select(i => UserId.Parse($"a user of some length {i}")).ToArray();
        object?[][] large =
        [
            [ConversationId.Lobby, users],
            [new CreateConversation { ParticipantIds = users }],
            [new CreateConversation { ParticipantIds = [users[0]], Title = new string(' ', ChatLimits.FrameBytes) }],
            [ConversationId.Lobby, new string('\u0001', 200_000), null],
            [ConversationId.Lobby, "x", new SendOptions { AttachmentUrl = new string('u', ChatLimits.FrameBytes) }],
            [ConversationId.Lobby, "x", new SendOptions { DedupeKey = new string('€', ChatLimits.FrameBytes / 3) }],
            [
                ConversationId.Lobby, "x",
                new SendOptions { AttachmentMeta = new RawJson($"\"{new string('m', ChatLimits.FrameBytes)}\"") },
            ],
            [ConversationId.Lobby, 2L, new EditMessage { Body = new string('b', ChatLimits.FrameBytes) }],
            [ConversationId.Lobby, 2L, new DeleteMessage { Reason = new string('r', ChatLimits.FrameBytes) }],
            [ConversationId.Lobby, new ReportContent { Reason = new string('r', ChatLimits.FrameBytes) }],
            [new MentionsQuery { After = new string('c', ChatLimits.FrameBytes) }],
        ];
        foreach (var call in large)
            FluentActions.Invoking(() => CallSize.Check(call)).Should().Throw<ChatRefusedException>()
                .WithMessage("*a call must have at most 1048576 bytes*");
    }

    [Fact]
    public void Only_possibly_large_calls_are_measured()
    {
        CallSize.Check([ConversationId.Lobby, new string('x', 1_000_000), null]);
        CallSize.Check([ConversationId.Lobby, new string('€', 340_000), new SendOptions { DedupeKey = "k" }]);
        CallSize.Check([]);
        CallSize.Check([null, 7L, true]);
        CallSize.Check([ConversationId.Lobby, 2L, new EditMessage { Body = new string('b', ChatLimits.BodyBytes) }]);
        CallSize.Check([ConversationId.Lobby, new HistoryQuery { View = HistoryView.Main }]);
        CallSize.Check([7L, ReportOutcome.Acted]);
    }
}
