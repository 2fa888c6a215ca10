using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>What the specifications of the stores share: a database, and as many instances on it as a test
/// wants.</summary>
public abstract class StoreSpec : IAsyncLifetime
{
    private readonly List<StoreHost> _hosts = [];
    private TestDatabase? _database;

    internal abstract DatabaseKind Kind { get; }

    internal TestDatabase Database => _database ?? throw new InvalidOperationException("the test has not begun");

    internal StoreHost Stores => _hosts[0];

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Kind);
        AnotherInstance();
    }

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    internal StoreHost AnotherInstance()
    {
        var host = new StoreHost(Database.Settings);
        _hosts.Add(host);
        return host;
    }

    /// <summary>A conversation whose log holds one entry, its creation.</summary>
    internal async Task<ConversationId> CreateConversationAsync(params string[] participants)
    {
        var created = Drafts.Created(participants.Length == 0 ? ["ann", "bob"] : participants);
        await Stores.Conversations.CreateAsync(created, ConversationKind.Group, hasOwner: true, CancellationToken.None);
        return created.ConversationId;
    }

    internal Task<CommitOutcome[]> CommitAsync(params ConversationEntry[] drafts) =>
        Stores.Messages.CommitAsync(Drafts.Of(drafts), Drafts.Noon, CancellationToken.None);

    /// <summary>The first page of the user's list.</summary>
    internal Task<IReadOnlyList<ConversationSummary>> ListAsync(UserId user) =>
        Stores.Conversations.ListAsync(user, CheckedListPage.First, CancellationToken.None);

    internal Task<List<ConversationEntry>> ReadAllAsync(ConversationId conversation) =>
        Stores.Messages.ReadAfterAsync(conversation, 0, int.MaxValue, CancellationToken.None);

    internal string Literal(ConversationId id) => Database.Literal(id);

    /// <summary>Tries again where nothing was stored: on SQLite several instances on one file may meet its
    /// lock.</summary>
    internal static async Task RunAgainAsync(Func<Task> work)
    {
        for (var attempt = 0; ; attempt++)
            try
            {
                await work();
                return;
            }
            catch (StoreException e) when (e.Failure is StoreFailure.Locked or StoreFailure.Unavailable && attempt < 50)
            {
                // Once more.
            }
    }

    /// <summary>What a message, or an edit of one, says.</summary>
    internal static string? BodyOf(ConversationEntry entry) =>
        (entry as MessageEntry)?.Body ?? (entry as MessageEditedEntry)?.Body;

    /// <summary>From now on the database itself refuses a message with the text "poison".</summary>
    internal Task RefusePoisonAsync() => RefusePoisonAsync(Database);

    internal static Task RefusePoisonAsync(TestDatabase database) => database.ExecuteAsync(
        database.Settings.Kind == DatabaseKind.Sqlite
        ? "create trigger poison before insert on messages when new.message = 'poison' begin select raise(abort, "
            + "'poison'); end"
        : "alter table messages add constraint poison check (message <> 'poison') not valid");
}
