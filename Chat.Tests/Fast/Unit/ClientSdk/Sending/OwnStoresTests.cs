using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.ClientSdk.Testing;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>What a client keeps is its user's: of a server, a tenant and a name (CH-168).</summary>
public sealed class OwnStoresTests : IDisposable
{
    private static readonly UserId Ann = UserId.Parse("ann"), Ben = UserId.Parse("ben");

    private readonly string _folder = Directory.CreateTempSubdirectory("chat-tests-own-").FullName;
    private readonly InMemoryChatServer _server = new();

    private string Outbox => Path.Combine(_folder, "outbox");

    public void Dispose() => Directory.Delete(_folder, true);

    public static TheoryData<bool> Stores => new() { true, false };

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Messages_written_offline_are_never_sent_as_another_user(bool inFile)
    {
        var memory = new MemoryOutboxStore();
        IOutboxStore Store() => inFile ? new FileOutboxStore(Outbox) : memory;
        _server.RefuseConnections = true;
        (UserId User, string? Tenant)[] users =
            [(Ann, null), (Ann, "acme"), (UserId.Parse("#acme ann"), null), (Ben, null)];
        foreach (var (user, tenant) in users)
            await using (var offline = Client(user, Store(), tenant))
            {
                await offline.StartAsync();
                offline.Pending.All().Should().BeEmpty();
                await offline.Enqueue(ConversationId.Lobby, $"by {user} of {tenant}").Accepted.WaitAsync(Bounds.Wait);
            }
        foreach (var (user, tenant) in users)
            await using (var next = Client(user, Store(), tenant))
            {
                await next.StartAsync();
                next.Pending.All().Select(message => message.Body).Should().Equal($"by {user} of {tenant}");
            }
    }

    [Fact]
    public async Task Where_only_a_token_says_who_it_is_the_outbox_opens_with_the_first_connection()
    {
        _server.RefuseConnections = true;
        await using (var known = Client(Ann, new FileOutboxStore(Outbox)))
        {
            await known.StartAsync();
            await known.Enqueue(ConversationId.Lobby, "before").Accepted.WaitAsync(Bounds.Wait);
        }
        await using var client = WithToken(Ann, new FileOutboxStore(Outbox));
        await client.StartAsync(); // does not wait for it
        var own = client.Enqueue(ConversationId.Lobby, "meanwhile");
        client.Pending.All().Should().ContainSingle().And.Contain(own);
        _server.RefuseConnections = false;
        await own.Receipt.WaitAsync(Bounds.Wait);
        Bodies().Should().Equal("before", "meanwhile");
        await using var ben = WithToken(Ben, new FileOutboxStore(Outbox));
        await ben.StartAsync();
        await ben.SendAsync(ConversationId.Lobby, "by Ben").WaitAsync(Bounds.Wait);
        Bodies().Should().Equal("before", "meanwhile", "by Ben");
    }

    [Fact]
    public async Task The_file_of_a_version_before_is_taken_over_once()
    {
        var old = new FileOutboxStore(Outbox);
        await old.LoadAsync(default);
        await old.AddAsync([new OutboxMessage(1, ConversationId.Lobby, "old",
            new() { DedupeKey = "k" }, TimeProvider.System.GetUtcNow())], default);
        await old.CloseAsync();
        _server.RefuseConnections = true;
        await using (var ann = Client(Ann, new FileOutboxStore(Outbox)))
        {
            await ann.StartAsync();
            ann.Pending.All().Should().ContainSingle().Which.Body.Should().Be("old");
        }
        await using var ben = Client(Ben, new FileOutboxStore(Outbox));
        await ben.StartAsync();
        ben.Pending.All().Should().BeEmpty();
    }

    [Fact]
    public async Task Cursors_are_each_user_s_own()
    {
        foreach (var user in (UserId[])[Ann, Ben])
        {
            await using var client = Client(user, null);
            await client.StartAsync();
            if (user == Ann) await client.SendAsync(ConversationId.Lobby, "by ann").WaitAsync(Bounds.Wait);
            await using var cursors = new FileCursorStore(Path.Combine(_folder, "cursors"));
            (await FirstAsync(client, cursors)).Should().Be("by ann"); // both from the beginning
        }
        await using var again = Client(Ann, null);
        await again.StartAsync();
        await using var kept = new FileCursorStore(Path.Combine(_folder, "cursors"));
        (await FirstAsync(again, kept)).Should().Be("one more"); // the second entry: the first has been read
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_clears_what_is_the_user_s()
    {
        await using var cursors = new FileCursorStore(Path.Combine(_folder, "cursors"));
        await using (var ben = Client(Ben, new FileOutboxStore(Outbox + ".shared")))
        {
            _server.RefuseConnections = true;
            await ben.StartAsync();
            await ben.Enqueue(ConversationId.Lobby, "by Ben").Accepted.WaitAsync(Bounds.Wait);
        }
        _server.RefuseConnections = false;
        await using var ann = Client(Ann, new FileOutboxStore(Outbox + ".shared"));
        await ann.StartAsync();
        await ann.SendAsync(ConversationId.Lobby, "sent").WaitAsync(Bounds.Wait);
        await FirstAsync(ann, cursors);
        (await cursors.LoadAsync(ConversationId.Lobby)).Should().NotBeNull();
        _server.RefuseConnections = true;
        _server.Disconnect(Ann);
        var waiting = ann.Enqueue(ConversationId.Lobby, "not sent");
        await waiting.Accepted.WaitAsync(Bounds.Wait);

        await ann.SignOutAsync(clear: true).WaitAsync(Bounds.Wait);
        ann.State.Should().Be(ConnectionState.SignedOut);
        ann.Pending.All().Should().BeEmpty();
        (await cursors.LoadAsync(ConversationId.Lobby)).Should().BeNull();
        await ann.DisposeAsync();

        foreach (var (user, left) in ((UserId, string[])[])[(Ann, []), (Ben, ["by Ben"])])
        {
            await using var next = Client(user, new FileOutboxStore(Outbox + ".shared"));
            await next.StartAsync();
            next.Pending.All().Select(message => message.Body).Should().Equal(left);
        }
    }

    [Fact]
    public async Task After_a_sign_out_a_client_may_start_again_and_sends_the_rest()
    {
        await using var ann = Client(Ann, new FileOutboxStore(Outbox));
        await ann.StartAsync();
        await ann.WaitUntilConnectedAsync().WaitAsync(Bounds.Wait);
        await ann.SignOutAsync().WaitAsync(Bounds.Wait);
        ann.State.Should().Be(ConnectionState.SignedOut);
        var call = () => ann.ConversationsAsync();
        (await call.Should().ThrowAsync<ChatConnectException>()).WithInnerException<ChatSignedOutException>();
        await ann.StartAsync();
        await ann.SendAsync(ConversationId.Lobby, "again").WaitAsync(Bounds.Wait);
        Bodies().Should().Equal("again");
    }

    // CH-167
    [Theory]
    [InlineData("http://chat.example.com", 1)]
    [InlineData("http://10.0.0.7:8080", 1)]
    [InlineData("https://chat.example.com", 0)]
    [InlineData("http://localhost:8080", 0)]
    [InlineData("http://127.0.0.1", 0)]
    public async Task A_token_in_clear_text_is_warned_of_once(string server, int times)
    {
        using var logs = new RecordedLogs();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        await using (new ChatClient(ChatClientOptions.ForServer(new Uri(server)) with
        {
            AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>("secret"), LoggerFactory = factory,
        }))
            await Eventually.HoldsAsync(() => logs.All.Count(log => log.Level == LogLevel.Warning) == times);
        logs.All.Should().NotContain(log => log.Text.Contains("secret"));
    }

    private ChatClient Client(UserId user, IOutboxStore? store, string? tenant = null) =>
        _server.CreateClient(user, options => options with
        {
            Tenant = tenant, Outbox = options.Outbox with { Store = store },
        });

    private ChatClient WithToken(UserId user, IOutboxStore store) => _server.CreateClient(user, options => options with
    {
        UserId = null, Outbox = options.Outbox with { Store = store },
        AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>("token"),
    });

    private static async Task<string?> FirstAsync(ChatClient client, ICursorStore cursors)
    {
        string? first = null;
        await foreach (var entry in client.ReadAsync(ConversationId.Lobby, cursors, otherwise: 0))
        {
            if (first is not null) break; // the cursor of the first is saved now
            first = ((MessageEntry)entry).Body;
            await client.SendAsync(ConversationId.Lobby, "one more").WaitAsync(Bounds.Wait);
        }
        return first;
    }

    private IEnumerable<string?> Bodies() =>
        _server.LogOf(ConversationId.Lobby).OfType<MessageEntry>().Select(message => message.Body);
}
