using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.ClientSdk.Testing;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using Chat.Server.Core;
using Chat.Server.Persistence;

namespace Chat.Tests.Unit.Rules;

/// <summary>The server, the server in memory and the SDK refuse the same messages with the same words (CH-6).</summary>
public sealed class MessageRulesPropertyTests
{
    private static readonly UserId Ann = UserId.Parse("ann");

    [Fact]
    public void The_server_the_double_and_the_SDK_agree_on_random_messages()
    {
        var random = new Random(20_261);
        var world = new InMemoryWorld(TimeProvider.System);
        var (accepted, refusals) = (0, new HashSet<string>());
        for (var i = 0; i < 5_000; i++)
        {
            var (body, options) = (Pick(random, Bodies), Options(random));
            var server = RefusalOf(() => Server(body, options));
            Assert.Equal(server, RefusalOf(() => world.Send(Ann, ConversationId.Lobby, body, options)));
            Assert.Equal(server, RefusalOf(() => MessageCheck.AsSent(
                new OutboxMessage(0, ConversationId.Lobby, body, options!, default))));
            if (server is null) accepted++;
            else refusals.Add(server.Message);
        }
        Assert.InRange(accepted, 100, 4_900); // both roads were walked
        Assert.InRange(refusals.Count, 10, 100);
    }

    [Fact]
    public void Stored_entries_are_the_same_on_all_surfaces()
    {
        var options = new SendOptions
        {
            DedupeKey = "", AttachmentUrl = "", MsgType = MessageType.File, AttachmentMeta = new RawJson("[1]")
        };
        var draft = MessageDraft.Create(Ann, ConversationId.Lobby, " a ", options, DateTimeOffset.UnixEpoch);
        var outcome = new CommitOutcome(CommitStatus.Stored, draft.Id, 1, DateTimeOffset.UnixEpoch);
        var stored = (MessageEntry)draft.ToEntry(outcome);
        var (twin, _) = new InMemoryWorld(TimeProvider.System).Send(Ann, ConversationId.Lobby, " a ", options);
        Assert.Equal(("a", MessageType.File, null, options.AttachmentMeta, null),
            (stored.Body, stored.MsgType, stored.AttachmentUrl, stored.AttachmentMeta, stored.DedupeKey));
        Assert.Equal(stored with { Id = twin.Id, CreatedAt = twin.CreatedAt, Sequence = twin.Sequence }, twin);
    }

    private static readonly string?[] Bodies =
    [
        null, "", " \n", "hello", " x ", "a\0", "\ud800", "😀", new('x', ChatLimits.BodyBytes),
        new('x', ChatLimits.BodyBytes + 1), new('€', 21_846),
    ];

    private static readonly string?[] Urls = [null, null, "", "https://example.com/a", "a\0", "\udc00", new('u', 2_048),
        new('u', 2_049)];

    private static readonly string?[] Keys = [null, null, "", "k", "k\0", "\ud800", new('k', 64), new('k', 65)];

    private static readonly string?[] Metas =
    [
        null, null, "{}", "\"{}\"", "\"{\"", "", "nope", "[\"\\ud800\"]", "{\"\\udfff\":1}", "1 2",
        $"[\"{new string('m', 16_385)}\"]",
        new string('[', 32) + new string(']', 32), new string('[', 33) + new string(']', 33),
    ];

    private static SendOptions? Options(Random random) => random.Next(4) == 0 ? null : new SendOptions
    {
        MsgType = (MessageType)(random.Next(3) == 0 ? random.Next(-1, 5) : 0), AttachmentUrl = Pick(random, Urls),
        DedupeKey = Pick(random, Keys),
        AttachmentMeta = Pick(random, Metas) is { } meta ? new RawJson(meta) : null,
        ReplyTo = Pick(random, Sequences), Thread = Pick(random, Sequences), AlsoInConversation = random.Next(4) == 0,
        Mentions = random.Next(3) == 0 ? Mentions(random) : null,
        Attachments = random.Next(3) == 0 ? [.. Enumerable.Range(0, random.Next(12)).Select(_ => File(random))] : null,
    };

    // Which messages there are is the server's to know.
    private static readonly long?[] Sequences = [null, null, null, null, null, 0, -1, long.MinValue];

    private static MessageMentions Mentions(Random random) => new()
    {
        Users = [.. Enumerable.Range(0, Pick(random, [0, 1, 2, 50, 51])).Select(i => UserId.Parse($"u{i / 2 * 2}"))],
    };

    private static MessageAttachment File(Random random) => new()
    {
        Url = Pick(random, [.. Urls.Where(url => random.Next(4) == 0), "https://example.com/a"]) ?? "",
        Id = Pick(random, [null, null, "", "f", new('i', 64), new('i', 65)]),
        Name = Pick(random, [null, null, "", "n", "n\0", new('n', 255), new('n', 256)]),
        MediaType = Pick(random, [null, null, "image/png", "\ud800", new('m', 256)]),
        Size = Pick(random, [(long?)null, null, 0, long.MaxValue, -1]),
        Width = Pick(random, [(int?)null, null, 1, 0]), Height = Pick(random, [(int?)null, null, 1, -1]),
        Meta = random.Next(3) == 0 && Pick(random, Metas) is { } meta ? new RawJson(meta) : null,
    };

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static void Server(string? body, SendOptions? options) =>
        MessageDraft.Create(Ann, ConversationId.Lobby, body, options, DateTimeOffset.UnixEpoch);

    private static ChatError? RefusalOf(Action call)
    {
        try
        {
            call();
            return null;
        }
        catch (Chat.Server.Core.ChatException e)
        {
            return e.ToError();
        }
        catch (ChatRefusedException e)
        {
            return e.Error;
        }
    }
}
