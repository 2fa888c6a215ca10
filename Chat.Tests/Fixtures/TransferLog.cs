using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
using Chat.Server.Revocations.Store;
using Chat.Server.Safety.Reports.Store;
using Chat.Server.Safety.Store;

namespace Chat.Tests.Fixtures;

/// <summary>Fills a database with all that an export has: generated logs, and the state beside them.</summary>
internal sealed class TransferLog(StoreHost stores, int seed)
{
    private const int Batches = 10;

    private static readonly string[] Names = ["ann", "bob", "cid", "dora"];

    private readonly Random _random = new(seed);
    private readonly Tenant _acme = Tenant.Parse("acme");

    public List<ConversationId> Conversations { get; } = [];

    /// <summary>The messages of each conversation.</summary>
    private readonly Dictionary<ConversationId, List<long>> _messages = [];

    public async Task FillAsync()
    {
        await CreateAsync(Tenant.Default, ConversationKind.Group, Names);
        await CreateAsync(_acme, ConversationKind.Group, Names);
        await CreateAsync(Tenant.Default, ConversationKind.Direct, Names[..2]);
        await CreateAsync(Tenant.Default, ConversationKind.Group, ["ann"]);
        Conversations.Add(ConversationId.Lobby);
        for (var batch = 0; batch < Batches; batch++)
            foreach (var conversation in Conversations)
                if (_random.Next(3) > 0) await CommitAsync(conversation, batch);
        await ChangeRightsAsync(Conversations[0]);
        foreach (var conversation in Conversations) await ReadAsync(conversation);
        await AddStateAsync();
    }

    private async Task CreateAsync(Tenant tenant, ConversationKind kind, string[] users)
    {
        var created = Drafts.Created(users) with
        {
            Title = kind == ConversationKind.Group ? $"Room {seed} \"ü\"" : null,
        };
        await stores.Conversations.CreateAsync(tenant, created, kind, hasOwner: true, default);
        Conversations.Add(created.ConversationId);
    }

    private async Task CommitAsync(ConversationId conversation, int batch)
    {
        var messages = _messages.TryGetValue(conversation, out var known) ? known : _messages[conversation] = [];
        Draft[] drafts = [.. Enumerable.Range(0, _random.Next(1, 9))
            .Select(i => OneOf(conversation, messages, $"{batch}/{i}"))
            // A batch holds one change of a message at most.
            .DistinctBy(draft => draft.Content.TargetSequence is { } target ? (object)target : draft.Id)];
        var outcomes = await stores.Messages.CommitAsync(drafts, Drafts.Noon.AddMinutes(batch), default);
        foreach (var (draft, outcome) in drafts.Zip(outcomes))
            if (draft.Content.Kind == EntryKind.Message && outcome.Status == CommitStatus.Stored)
                messages.Add(outcome.Sequence);
    }

    private Draft OneOf(ConversationId conversation, List<long> messages, string key)
    {
        var target = messages.Count > 0 ? messages[_random.Next(messages.Count)] : 0;
        var content = target == 0 ? Message(key, null) : _random.Next(10) switch
        {
            < 4 => Message(key, null),
            < 6 => Message(key, messages[0]), // never a reply itself
            6 => EntryContent.MessageEdited(target, new CheckedMessage($"edited {key} 👍🏽", Options(key))),
            7 => EntryContent.MessageDeleted(target, _random.Next(2) == 0 ? "off topic" : null, key),
            8 => EntryContent.Pinned(target, isPinned: true),
            _ => EntryContent.Pinned(target, isPinned: false),
        };
        return new Draft(MessageId.New(Drafts.Noon), conversation, UserId.Parse(Names[_random.Next(2)]), content)
        {
            NeedsLevel = content.IsShown ? null : Deployment.LevelOfMessages,
        };
    }

    private EntryContent Message(string key, long? thread) => EntryContent.Message(new CheckedMessage(
        $"message {key} of {seed} \\ \u2028", Options(key) with
        {
            Thread = thread, AlsoInConversation = thread is not null && _random.Next(2) == 0, ReplyTo = thread,
        }));

    private SendOptions Options(string key) => new()
    {
        DedupeKey = _random.Next(2) == 0 ? key : null,
        Mentions = _random.Next(3) > 0 ? null : new MessageMentions
        {
            Users = [UserId.Parse(Names[_random.Next(Names.Length)])], Everyone = _random.Next(4) == 0,
        },
        Attachments = _random.Next(3) > 0 ? null :
        [
            new MessageAttachment
            {
                Url = "https://files.example.com/1", Name = "a.png", MediaType = "image/png", Size = 7, Width = 3,
                Meta = new RawJson("{\"a\": [1.50, \"\\u0000\"]}"),
            },
        ],
    };

    private async Task ChangeRightsAsync(ConversationId conversation)
    {
        Draft Of(EntryContent content) => new(MessageId.New(Drafts.Noon), conversation, UserId.Parse("ann"), content);
        var until = Drafts.Noon.AddYears(50);
        foreach (var draft in new[]
        {
            Of(EntryContent.ConversationChanged(new()
            {
                Title = "Renamed", SlowModeSeconds = 30, Topic = "What it is about", AvatarUrl = "/pictures/1.png",
                IsArchived = true,
            })),
            Of(EntryContent.RoleChanged(UserId.Parse("bob"), ParticipantRole.Moderator)),
            Of(EntryContent.RoleChanged(UserId.Parse("cid"), ParticipantRole.Readonly, until)) with
            {
                Terms = new RoleTerms(until, "loud"),
            },
            Of(EntryContent.ParticipantRemoved(UserId.Parse("dora"))) with { Terms = new RoleTerms(null, "spam") },
            Of(EntryContent.ParticipantsAdded([UserId.Parse("eve")])),
        })
            await stores.Messages.CommitAsync([draft], Drafts.Noon.AddHours(1), default);
    }

    private async Task ReadAsync(ConversationId conversation)
    {
        var tenant = conversation == Conversations[1] ? _acme : Tenant.Default;
        foreach (var name in Names)
        {
            var user = new UserKey(tenant, UserId.Parse(name));
            await stores.Conversations.MarkReadAsync(conversation, user, _random.Next(1, 12), default);
            if (_random.Next(3) == 0) await stores.Conversations.MarkUnreadAsync(conversation, user, 2, default);
            if (_random.Next(3) == 0) await stores.Conversations.SetMutedAsync(conversation, user, true, default);
        }
        if (!_messages.TryGetValue(conversation, out var messages)) return;
        await stores.Threads.FollowAsync(conversation, UserId.Parse("cid"), messages[0], true, default);
        await stores.Threads.FollowAsync(conversation, UserId.Parse("bob"), messages[0], false, default);
        await stores.Threads.MarkReadAsync(conversation, UserId.Parse("cid"), messages[0], 99, default);
    }

    private async Task AddStateAsync()
    {
        var (at, ann, bob) = (Drafts.Noon.AddHours(2), UserId.Parse("ann"), UserId.Parse("bob"));
        await using var db = await stores.CreateContextAsync();
        db.AddRange(
            new UserRow { Tenant = Tenant.Default, UserId = ann, Name = "Ann \u202e", LastSeenAt = at },
            new UserRow { Tenant = _acme, UserId = ann, Name = "Another Ann" },
            new UserRow { Tenant = Tenant.Default, UserId = bob, DeactivatedAt = at.AddTicks(10) },
            new BlockRow { Tenant = _acme, UserId = ann, OtherId = bob, Blocks = true, ChangedAt = at },
            new BlockRow { Tenant = _acme, UserId = bob, OtherId = ann, IsBlocked = true, ChangedAt = at },
            new TenantRow { Name = Tenant.Parse("unpaid"), SuspendedAt = at, Reason = "unpaid" },
            new RevocationRow { Number = 5, Tenant = Tenant.Default, UserId = bob, Reason = "left" },
            new RevocationRow
            {
                Number = 7, Tenant = Tenant.Default, UserId = ann, Session = "s", NotBefore = at, Reason = "lost phone",
                Expires = at.AddDays(1),
            },
            new RevocationRow { Number = 8, Tenant = Tenant.Parse("unpaid"), UserId = default, Reason = "unpaid" },
            new ReportRow
            {
                Tenant = Tenant.Default, ConversationId = Conversations[0], Sequence = 1, MessageId = null,
                UserId = bob, ReporterId = ann, Reason = "rude", CreatedAt = at, ClosedAt = at,
                Outcome = ReportOutcome.Acted,
            },
            new ReportRow
            {
                Tenant = Tenant.Default, ConversationId = Conversations[0], Sequence = null,
                MessageId = MessageId.New(at), UserId = bob, ReporterId = ann, Reason = "again", CreatedAt = at,
            });
        await db.SaveChangesAsync();
        await stores.Erasures.MarkAsync(Conversations[3], 1, CancellationToken.None);
    }
}
