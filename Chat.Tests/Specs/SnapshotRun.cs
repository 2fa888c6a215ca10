using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Tests.Specs;

/// <summary>CH-236: a generated conversation in which pages of views are read again and again. Each of them, with the
/// entries behind its head, is to say what a page says that is read at the end.</summary>
internal sealed class SnapshotRun(IChatHub ann, IChatHub ben, ConversationId id, int seed)
{
    private const int Steps = 60, Every = 4;

    /// <summary>The first message, which has a thread.</summary>
    private const long First = 2;

    private readonly Random _random = new(seed);
    private readonly List<(HistoryPage Page, long Thread)> _pages = [];
    private readonly List<(IChatHub Author, long Sequence)> _sent = [];

    public async Task RunAsync()
    {
        for (var i = 0; i < 4; i++) _sent.Add((ann, (await ann.Send(id, $"first {i}")).Sequence));
        for (var step = 0; step < Steps; step++)
        {
            await ActAsync(_random.Next(2) == 0 ? ann : ben);
            if (step % Every > 0) continue;
            _pages.Add((await PageAsync(0), 0));
            _pages.Add((await PageAsync(First), First));
        }
        var log = (await ben.History(id, new HistoryQuery { Limit = ChatLimits.HistoryPage })).Entries;
        Assert.Contains(log, entry => entry is MessageDeletedEntry);
        Assert.Contains(log, entry => entry is MessageEditedEntry { Attachments: not null, Mentions: not null });
        foreach (var (page, thread) in _pages)
        {
            var state = new ShownState(page, thread);
            foreach (var entry in log.Where(entry => entry.Sequence > page.Head))
                state.Apply(entry, target => log.OfType<MessageEntry>().First(m => m.Sequence == target).Thread);
            Assert.Equal(new ShownState(await PageAsync(thread), thread).ToString(), state.ToString());
        }
    }

    private Task<HistoryPage> PageAsync(long thread) => ben.History(id, new HistoryQuery
    {
        View = thread > 0 ? HistoryView.Thread : HistoryView.Main, Thread = thread > 0 ? thread : null,
        Limit = ChatLimits.HistoryPage,
    });

    private async Task ActAsync(IChatHub hub)
    {
        try
        {
            var (author, target) = _sent[_random.Next(_sent.Count)];
            switch (_random.Next(10))
            {
                case < 3:
                    _sent.Add((hub, (await hub.Send(id, $"{target}", Options())).Sequence));
                    break;
                case < 6:
                    await author.EditMessage(id, target, Edit(target));
                    break;
                case 6:
                    await author.DeleteMessage(id, target);
                    break;
                default:
                    await hub.SetPinned(id, target, isPinned: _random.Next(3) > 0);
                    break;
            }
        }
        catch (ChatRefusedException)
        {
            // It was deleted: what is refused changes nothing.
        }
    }

    private SendOptions? Options() => _random.Next(3) switch
    {
        0 => null,
        1 => new() { Thread = First, AlsoInConversation = _random.Next(2) == 0 },
        _ => new() { Mentions = new() { Users = [UserId.Parse("ben")] }, ReplyTo = First },
    };

    private EditMessage Edit(long target) => _random.Next(3) switch
    {
        0 => new() { Body = $"says {target}" },
        1 => new() { AttachmentUrl = $"https://example.org/{target}" },
        _ => new()
        {
            Body = "all", Mentions = new() { Users = [UserId.Parse("ann")], Everyone = _random.Next(2) == 0 },
            Attachments = [new() { Url = "https://example.org/a", Size = target }, new() { Url = "b" }],
        },
    };
}
