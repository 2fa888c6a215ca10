using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Identifiers;

namespace ConsoleChat;

/// <summary>The program: puts the parts together, and goes from the first line to the last.</summary>
internal sealed class App
{
    private const int LinesAtOnce = 1_000;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    private readonly Arguments _arguments;
    private readonly ScreenThread _thread;
    private readonly Screen _screen = Screen.OfConsole();
    private readonly InputLine _input = new();
    private readonly ConnectionStatus _connection = new();
    private readonly CancellationTokenSource _quit = new();
    private readonly ChatClient _chat;
    private readonly Typist _typist;
    private readonly Transcript _transcript;
    private readonly LiveArea _live;
    private readonly Commands _commands;
    private readonly News _news;
    private FileCursorStore? _cursors;
    private Room? _room;
    private int _exitCode;

    public App(Arguments arguments, ScreenThread thread)
    {
        (_arguments, _thread) = (arguments, thread);
        var palette = Palette.OfConsole();
        _chat = new ChatClient(ChatClientOptions.ForServer(arguments.Server) with
        {
            UserId = arguments.User,
            AccessTokenProvider = arguments.Token is null ? null : arguments.TokenAsync,
            Reconnect = new ReconnectOptions { MaxDelay = TimeSpan.FromSeconds(5) }, // somebody sits there and waits
            // what is typed survives this program
            Outbox = new OutboxOptions { Store = new FileOutboxStore(Path.Combine(arguments.Data, "outbox")) },
        });
        _typist = new Typist(_chat, TimeProvider.System);
        _transcript = new Transcript(_screen, palette);
        _live = new LiveArea(_screen, palette, _input, _connection, arguments.User);
        _news = new News(arguments.User, _transcript, () => _room!.Id);
        _commands = new Commands(_chat, _transcript, () => _room!, JoinAsync, _quit.Cancel);
    }

    public async Task<int> RunAsync()
    {
        Console.CancelKeyPress += (_, press) => // the second time it is the system's
        {
            press.Cancel = !_quit.IsCancellationRequested;
            _thread.Post(_quit.Cancel);
        };
        await using var chat = _chat;
        try
        {
            await _chat.StartAsync(); // does not wait for a connection
            _cursors = new FileCursorStore(Path.Combine(_arguments.Data, "cursors"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(
                $"{e.Message} If {_arguments.User} already runs in another window, use another --data.");
            return 1;
        }
        await using var cursors = _cursors;
        _room = NewRoom(_arguments.Conversation);
        _chat.Pending.Changed += _ => _thread.Post(Draw);
        using var watching = _chat.OnStateChange(change => _thread.Post(() => OnState(change)));
        using var hearing = _chat.OnConversationChange(change => _thread.Post(() => _news.Heard(change)));
        var opening = OpenFirstAsync(_room);
        try
        {
            await (_screen.IsLive ? TalkAsync() : SendLinesAsync(opening));
        }
        catch (OperationCanceledException) when (_quit.IsCancellationRequested)
        {
            // Enough.
        }
        await _quit.CancelAsync();
        await opening;
        await _room.DisposeAsync();
        await SayGoodbyeAsync();
        return _exitCode;
    }

    /// <summary>Keys from a terminal. A command may take its time; one can go on typing.</summary>
    private async Task TalkAsync()
    {
        _transcript.Remark("/help lists the commands");
        Draw();
        await foreach (var key in Input.KeysAsync(_quit.Token))
        {
            if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } && _input.Text.Length == 0) return;
            var line = _input.Press(key);
            _typist.Saw(_room!.Id, _input.Text);
            Draw();
            if (line is not null) _ = SubmitAsync(line);
        }
    }

    /// <summary>Lines from a file or a pipe: one after the other, and the end comes when all are sent and
    /// shown.</summary>
    private async Task SendLinesAsync(Task opening)
    {
        var lines = 0;
        await foreach (var line in Input.LinesAsync(_quit.Token))
        {
            if (line.StartsWith('/')) await opening;
            await SubmitAsync(line);
            if (++lines % LinesAtOnce == 0) await _chat.FlushAsync(_quit.Token);
        }
        await _chat.FlushAsync(_quit.Token);
        await opening;
        await _room!.CaughtUpAsync(_quit.Token);
    }

    private Task SubmitAsync(string line)
    {
        if (string.IsNullOrWhiteSpace(line)) return Task.CompletedTask;
        if (line.StartsWith('/') && !line.StartsWith("//", StringComparison.Ordinal)) return _commands.RunAsync(line);
        var body = line.StartsWith("//", StringComparison.Ordinal) ? line[1..] : line;
        try
        {
            _chat.Enqueue(_room!.Id, body);
        }
        catch (Exception e) when (e is ChatException or ArgumentException or IOException)
        {
            _transcript.Alarm($"not sent: {Text.OneLine(body)} — {e.Message}");
            _exitCode = 1;
        }
        return Task.CompletedTask;
    }

    private Room NewRoom(ConversationId id) => new(_chat, id, _arguments.User, _cursors!, _transcript, Draw);

    private async Task OpenFirstAsync(Room room)
    {
        try
        {
            await room.OpenAsync(_quit.Token);
            Draw();
        }
        catch (OperationCanceledException)
        {
            // The program ends first.
        }
        catch (ChatException e)
        {
            End(e.Message);
        }
    }

    /// <summary>The old room stays until the new one is open.</summary>
    private async Task JoinAsync(ConversationId id)
    {
        var next = NewRoom(id);
        await next.OpenAsync(_quit.Token);
        var left = _room!;
        _room = next;
        Draw();
        await left.DisposeAsync();
    }

    private void OnState(ConnectionStateChange change)
    {
        var before = _connection.Words;
        if (_connection.Set(change)) _ = CatchUpAsync(change);
        ShowState(before);
        if (change.State is ConnectionState.Failed or ConnectionState.SignedOut) End(_connection.Words);
    }

    /// <summary>In the live part, or as a line where there is none.</summary>
    private void ShowState(string before)
    {
        if (!_screen.IsLive && _connection.Now.State != ConnectionState.Stopped && _connection.Words != before)
            _transcript.Remark(_connection.Words);
        Draw();
    }

    private async Task CatchUpAsync(ConnectionStateChange change)
    {
        try
        {
            await _room!.CaughtUpAsync(_quit.Token);
        }
        catch (Exception e) when (e is ChatException or OperationCanceledException or ObjectDisposedException)
        {
            return; // the next change of the state says what is true then
        }
        if (_connection.Now != change) return;
        var before = _connection.Words;
        _connection.IsCatchingUp = false;
        ShowState(before);
    }

    private void End(string why)
    {
        _exitCode = 1;
        _transcript.Alarm(why);
        _quit.Cancel();
    }

    private async Task SayGoodbyeAsync()
    {
        using var bound = new CancellationTokenSource(
            _connection.Now.State == ConnectionState.Connected ? LastWords : TimeSpan.Zero, TimeProvider.System);
        await _chat.FlushAsync(bound.Token)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        var pending = _chat.Pending.All();
        _screen.ShowLive([], "", 0);
        foreach (var message in pending.Where(message => message.State == PendingMessageState.Failed))
        {
            _exitCode = 1;
            var what = Text.OneLine(Text.Of(message.Body, message.Change));
            _transcript.Alarm($"not sent: {what} — {message.Failure?.Message}");
        }
        var waiting = pending.Count(message => message.State != PendingMessageState.Failed);
        if (waiting > 0) _transcript.Remark($"{waiting} not sent yet; sent at the next start");
    }

    private void Draw()
    {
        if (_room is not null && !_quit.IsCancellationRequested) _live.Draw(_room);
    }
}
