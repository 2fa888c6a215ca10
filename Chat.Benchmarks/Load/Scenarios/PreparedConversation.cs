using Chat.Benchmarks.Load.Traffic;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Load.Scenarios;

/// <summary>A conversation of a given length, filled straight into the server's database, and clients of the SDK that
/// read it.</summary>
internal sealed class PreparedConversation(string name)
{
    private readonly UserId _user = UserId.Parse($"{name}-{Random.Shared.Next():x8}");

    public static IReadOnlyList<LoadOption> Options =>
    [
        new("postgres", "", "connection string (Npgsql) of the server's database, to fill it directly"),
        new("sqlite", "", "or the server's database file"),
    ];

    public ConversationId Conversation { get; private set; }

    public long Head { get; private set; }

    public async Task FillAsync(LoadRun run, int entries, CancellationToken ct)
    {
        await using var hub = await Conversations.ConnectAsync(run.Target, _user.Value, ct);
        Conversation = await hub.CreateAsync([_user], ct);
        if (run.Options.TextOrNull("postgres") is { } connectionString)
            await HistoryFill.PostgresAsync(connectionString, Conversation, _user.Value, entries,
                run.Options.Int("size"), ct);
        else if (run.Options.TextOrNull("sqlite") is { } file)
            await HistoryFill.SqliteAsync(file, Conversation, _user.Value, entries, run.Options.Int("size"), ct);
        else
            throw new UsageException(
                "--postgres or --sqlite is required: the server's own database, which is filled directly");
        Head = (await hub.HistoryAsync(Conversation, new HistoryQuery { Limit = 1 }, ct)).Head;
        if (Head < entries)
            run.Report.Problem(
                $"the conversation has {Head} entries where {entries} were filled in: is this the server's database?");
    }

    public Task<ChatClient> ConnectAsync(
        LoadRun run, Func<ChatClientOptions, ChatClientOptions> change, CancellationToken ct) =>
        ChatClient.ConnectAsync(
            change(new ChatClientOptions
            {
                Url = run.Target.Hub, UserId = _user, Transports = ChatTransports.WebSockets, SkipNegotiation = true
            }), ct);
}
