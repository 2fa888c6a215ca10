using System.Text;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using Chat.Server.Connections;
using Chat.Server.FanOut;
using Chat.Server.Transports.SignalR;
using Chat.Server.Transports.SignalR.MessagePack;
using Chat.Tests.Fixtures;
using CsCheck;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Unit.Connections;

/// <summary>What an answer is counted as is no less than what it holds.</summary>
public sealed class AnswerWeightTests
{
    private static readonly ConversationId Room = ConversationId.New(Drafts.Noon);

    private static readonly IHubProtocol[] Protocols = [Json(), MessagePackHub.Protocol];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 400], Gen.String[Gen.Char['\0', '\u001f'], 0, 400],
        Gen.String[Gen.Char['\u00e9', '\u07ff'], 0, 400], Gen.String[Gen.Char['\u4e00', '\u9fff'], 0, 400]);

    [Fact]
    public void It_covers_objects_and_encoding_whatever_the_texts() =>
        Gen.Select(Texts, Texts).List[1, 30].Sample(texts =>
        {
            var entries = texts.ConvertAll(ConversationEntry (pair) => Drafts.Message(Room, pair.Item1) with
            {
                Sequence = 1, AttachmentUrl = pair.Item2,
            });
            var objects = entries.Sum(EntryWeight.Of);
            foreach (var protocol in Protocols)
                Assert.InRange(LengthOf(protocol, new HistoryPage(entries, 1)), 1,
                    AnswerWeight.Of(entries) - objects + 256);
        });

    /// <summary>A page of a log is read while the largest room is taken: no page may need more.</summary>
    [Theory]
    [InlineData('A')]
    [InlineData('\u0001')]
    [InlineData('"')]
    [InlineData('\u00e9')]
    [InlineData('\u4e2d')]
    public void The_largest_page_fits_its_room(char filling)
    {
        var body = new string(filling, ChatLimits.BodyBytes / Encoding.UTF8.GetByteCount([filling]));
        var page = new HistoryPage([.. Enumerable.Range(1, 16).Select(i => Drafts.Message(Room, body) with
        {
            Sequence = i,
        })], 16);
        Assert.InRange(AnswerWeight.Of(page), LengthOf(Protocols[0], page), Answers.Page);
    }

    [Fact]
    public void So_do_the_largest_lists()
    {
        var user = UserId.Parse(new string('\u4e2d', ChatLimits.UserIdLength));
        var users = Enumerable.Range(0, ChatLimits.PresenceUsers).ToList();
        Fits(new PresenceSnapshot(Room, 1, users.ConvertAll(_ => new UserPresence(user, true, Drafts.Noon)), true),
            AnswerWeight.Of, Answers.Users);
        Fits<IReadOnlyList<ReadPosition>>(users.ConvertAll(_ => new ReadPosition(Room, user, 1)), AnswerWeight.Of,
            Answers.Users);
        var last = Drafts.Message(Room, new string('\u4e2d', 2_048)) with
        {
            Sequence = 1, AttachmentUrl = new string('\u4e2d', ChatLimits.AttachmentUrlLength),
            AttachmentMeta = new RawJson($"\"{new string('m', 1_000)}\""),
        };
        Fits<IReadOnlyList<ConversationSummary>>(Enumerable.Range(0, ChatLimits.ListPage)
            .Select(_ => new ConversationSummary
            {
                Id = Room, Kind = ConversationKind.Group, Title = new string('\u4e2d', ChatLimits.TitleLength),
                CreatedAt = Drafts.Noon, LastSequence = 1, LastReadSequence = 0, LastEntry = last,
            }).ToList(), AnswerWeight.Of, Answers.List);
    }

    private static void Fits<T>(T answer, Func<T, long> weigh, int room) =>
        Assert.InRange(weigh(answer), LengthOf(Protocols[0], answer), room);

    private static int LengthOf(IHubProtocol protocol, object? answer) =>
        protocol.GetMessageBytes(CompletionMessage.WithResult("1", answer)).Length;

    private static JsonHubProtocol Json()
    {
        var options = new JsonHubProtocolOptions();
        HubJson.Apply(options.PayloadSerializerOptions);
        return new JsonHubProtocol(Options.Create(options));
    }
}
