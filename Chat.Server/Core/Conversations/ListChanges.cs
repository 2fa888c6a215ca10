using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Concurrency;
using Chat.Server.Core.MessageLog;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Core.Conversations;

/// <summary>The conversations whose list entries changed, on this instance and on others, until they are taken: each
/// once, however often it changed.</summary>
/// <remarks>Hints: the state is in the database. At most <see cref="Capacity"/> are kept; a change beyond that is
/// announced with the next change of the same conversation.</remarks>
internal sealed class ListChanges(BackplaneExchange exchange) : IBackplaneTopic, ICommitObserver
{
    public const int Capacity = 16_384;

    private const byte Version = 1;
    private const int ChangesPerMessage = 1_024;

    private readonly Lock _gate = new();
    private readonly WakeOnce _changed = new();
    private Dictionary<ListChange, bool> _waiting = [];
    private Dictionary<ListChange, bool> _untold = []; // to other instances

    public MessageKind Kind => MessageKind.Lists;

    public void Committed(IReadOnlyList<ConversationEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (ShowsInLists(entry)) Note(entry.ConversationId);
            if (entry is ParticipantRemovedEntry removed) Note(entry.ConversationId, removed.ParticipantId);
            else if (entry is ParticipantsAddedEntry added)
                foreach (var user in added.ParticipantIds) Note(entry.ConversationId, user);
        }
    }

    /// <summary>What is shown, and what changes the text or the number of what is unread; not who reacted to
    /// it.</summary>
    private static bool ShowsInLists(ConversationEntry entry) =>
        ShownRules.IsShown(entry) || entry is MessageEditedEntry or MessageDeletedEntry or ContentErasedEntry;

    /// <summary>The list changed for all participants; connections that have joined see it anyway.</summary>
    public void Note(ConversationId conversation) => Note(new ListChange(conversation, null), isOwn: false);

    /// <summary>The list changed for one user, who was added or removed, or changed own settings.</summary>
    /// <param name="conversation">Which.</param>
    /// <param name="user">Whose list.</param>
    /// <param name="isOwn">False for changes that connections that have joined see anyway.</param>
    public void Note(ConversationId conversation, UserId user, bool isOwn = true) =>
        Note(new ListChange(conversation, user), isOwn);

    /// <summary>Completes when there are changes to take. For one caller at a time.</summary>
    public Task WaitAsync(CancellationToken ct) => _changed.WaitAsync(ct);

    /// <summary>The changes since the last call, with whether each is the user's own; announces the changes of this
    /// instance to the others.</summary>
    public IReadOnlyDictionary<ListChange, bool> Take()
    {
        Dictionary<ListChange, bool> taken, untold;
        lock (_gate)
        {
            (taken, _waiting) = (_waiting, []);
            (untold, _untold) = (_untold, []);
        }
        foreach (var some in untold.Chunk(ChangesPerMessage))
            exchange.Publish(BackplaneChannel.Everyone, Encode(some), Kind, isKept: true);
        return taken;
    }

    /// <summary>Puts changes back that could not be processed.</summary>
    public void PutBack(IReadOnlyDictionary<ListChange, bool> taken)
    {
        foreach (var (change, isOwn) in taken) Add(change, isOwn, isNew: false);
    }

    /// <summary>Whether a change of the user's own list was added since <see cref="Take"/>: the user may have been
    /// removed.</summary>
    public bool IsChanged(ConversationId conversation, UserId user)
    {
        lock (_gate) return _waiting.GetValueOrDefault(new ListChange(conversation, user));
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message.Span);
        if (reader.ReadByte() is not Version and var version)
            throw new InvalidDataException($"version {version} of list changes is not known here");
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            var conversation = new ConversationId(reader.ReadGuid());
            var flags = (Flags)reader.ReadByte();
            UserId? user = flags.HasFlag(Flags.OfOne) ? reader.ReadUser() : null;
            Add(new ListChange(conversation, user), flags.HasFlag(Flags.Own), isNew: false);
        }
    }

    // What was lost is sent again.
    void IBackplaneTopic.Recover() { }

    private void Note(ListChange change, bool isOwn) => Add(change, isOwn, isNew: true);

    private void Add(ListChange change, bool isOwn, bool isNew)
    {
        lock (_gate)
        {
            AddTo(_waiting);
            if (isNew && exchange.HasPeers) AddTo(_untold);
        }
        _changed.Set();

        void AddTo(Dictionary<ListChange, bool> changes)
        {
            if (changes.TryGetValue(change, out var known)) changes[change] = known || isOwn;
            else if (changes.Count < Capacity) changes.Add(change, isOwn);
        }
    }

    private static byte[] Encode(KeyValuePair<ListChange, bool>[] changes)
    {
        var writer = WireWriter.Start();
        writer.WriteByte(Version);
        writer.WriteCount(changes.Length);
        foreach (var (change, isOwn) in changes)
        {
            writer.WriteGuid(change.Conversation.Value);
            writer.WriteByte((byte)((isOwn ? Flags.Own : 0) | (change.User is null ? 0 : Flags.OfOne)));
            if (change.User is { } user) writer.WriteText(user.Value);
        }
        return writer.ToArray();
    }

    [Flags]
    private enum Flags : byte
    {
        Own = 1,
        OfOne = 2,
    }
}
