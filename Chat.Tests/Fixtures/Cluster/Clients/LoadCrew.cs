using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures.Cluster.History;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>The clients of a load.</summary>
internal sealed class LoadCrew
{
    private static readonly Guid Lobby = ConversationId.Lobby.Value;

    private readonly ClientContext _context;
    private readonly Guid _group;
    private readonly long _lobbyHead;
    private readonly List<ReaderHistory> _histories = [];
    private readonly List<ReconnectingClient> _readers = [];

    public LoadCrew(ClientContext context, Guid group, long lobbyHead, LoadShape shape, SendQuota quota)
    {
        (_context, _group, _lobbyHead) = (context, group, lobbyHead);
        Senders =
        [
            .. Names(shape, "raw-sender",
                shape.RawSenders)
                .Select(
                    (user, i) => new LoadSender(context, user, Place(i), RawSending.OpenAsync, quota)
                    {
                        Window = shape.RawWindow, Ordered = true
                    }),
            .. Names(shape, "hub-sender",
                shape.HubSenders)
                .Select((user, i) =>
                    new LoadSender(context, user, Place(i), HubSending.OpenAsync, quota) { Window = 2 }),
            .. Names(shape, "rest-sender", shape.RestSenders)
                .Select((user, i) => new LoadSender(context, user, Place(i), RestSending.OpenAsync, quota)),
            .. Names(shape, "room-sender",
                shape.RoomSenders)
                .Select(user =>
                    new LoadSender(context, user, Lobby, RestSending.OpenRoomAsync, quota) { Keyed = false }),
        ];
        foreach (var (user, i) in Names(shape, "raw-reader", shape.RawReaders).Select((user, i) => (user, i)))
            AddReader(new ReaderHistory(user, Place(i), From(i)) { Sabotage = i == 0 ? shape.Sabotage : null },
                static (c, h) => new RawReader(c, h.Reader, h));
        foreach (var (user, i) in Names(shape, "hub-reader", shape.HubReaders).Select((user, i) => (user, i)))
            AddReader(new ReaderHistory(user, Place(i), From(i)), static (c, h) => new HubReader(c, h.Reader, h));
        foreach (var (user, i) in Names(shape, "plain-reader", shape.PlainReaders).Select((user, i) => (user, i)))
            AddReader(new ReaderHistory(user, Place(i), From(i)) { LiveOnly = true, MessagesOnly = true },
                static (c, h) => new RawReader(c, h.Reader, h));
        foreach (var user in Names(shape, "room-reader", shape.RoomReaders))
            AddReader(new ReaderHistory(user, Lobby, lobbyHead) { MessagesOnly = true },
                static (c, h) => new RoomReader(c, h.Reader, h));
        if (shape.Guest)
            AddReader(new ReaderHistory(GuestOf(shape), group) { ComesAndGoes = true },
                static (c, h) => new RawReader(c, h.Reader, h));
        Outsiders = [.. Names(shape, "outsider", shape.Outsiders).Select(user => new Outsider(context, user, group))];
    }

    public IReadOnlyList<LoadSender> Senders { get; }

    public IReadOnlyList<Outsider> Outsiders { get; }

    public IReadOnlyList<ReaderHistory> Histories => _histories;

    /// <summary>All but the senders.</summary>
    public IEnumerable<ReconnectingClient> Clients => [.. _readers, .. Outsiders];

    /// <summary>Those of them who are to be members of the group from the start.</summary>
    public static IEnumerable<string> MembersOf(LoadShape shape) =>
    [
        .. Names(shape, "raw-sender", shape.RawSenders), .. Names(shape, "hub-sender", shape.HubSenders),
        .. Names(shape, "rest-sender", shape.RestSenders),
        .. Names(shape, "raw-reader", shape.RawReaders), .. Names(shape, "hub-reader", shape.HubReaders),
        .. Names(shape, "plain-reader", shape.PlainReaders),
    ];

    /// <summary>The user that comes and goes.</summary>
    public static string GuestOf(LoadShape shape) => $"{shape.Name}-guest";

    private static IEnumerable<string> Names(LoadShape shape, string kind, int count) =>
        Enumerable.Range(0, count).Select(i => $"{shape.Name}-{kind}-{i}");

    private Guid Place(int index) => index % 2 == 0 ? _group : Lobby;

    /// <summary>The lobby has a past, which is not this load's.</summary>
    private long From(int index) => Place(index) == Lobby ? _lobbyHead : 0;

    private void AddReader(ReaderHistory history, Func<ClientContext, ReaderHistory, ReconnectingClient> make)
    {
        _histories.Add(history);
        _readers.Add(make(_context, history));
    }
}
