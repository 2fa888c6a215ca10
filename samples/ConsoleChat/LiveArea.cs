using Chat.ClientSdk;
using Chat.ClientSdk.Views;
using Chat.Contracts.Identifiers;

namespace ConsoleChat;

/// <summary>What is below the transcript: messages that are not stored yet, what is going on, and the line being
/// typed.</summary>
internal sealed class LiveArea(Screen screen, Palette palette, InputLine input, ConnectionStatus connection, UserId own)
{
    private const int PendingRows = 6;
    private const string Prompt = "> ";

    public void Draw(Room room)
    {
        if (!screen.IsLive) return;
        var pending = room.Pending.ToList();
        List<Row> rows = [.. pending.TakeLast(PendingRows).Select(RowOf),
            new Row(StatusOf(room.State, pending.Count(message => message.Failure is null)), palette.Dim)];
        var (text, caret) = input.Visible(screen.Columns - Prompt.Length);
        screen.ShowLive(rows, Prompt + text, Prompt.Length + caret);
    }

    private Row RowOf((string? Body, Exception? Failure) message) => message.Failure is { } failure
        ? new Row($"    ✗ {Text.OneLine(message.Body)} — {failure.Message} (/retry, /discard)", palette.Alarm)
        : new Row($"    … {Text.OneLine(message.Body)}", palette.Dim);

    private string StatusOf(ViewState? state, int waiting)
    {
        var parts = new List<string> { connection.Words };
        if (waiting > 0) parts.Add($"{waiting} to send");
        if (connection.Now.State == ConnectionState.Connected && state is not null)
        {
            if (state.OnlineCount > 0) parts.Add($"{state.OnlineCount} online");
            if (ReadersOf(state) is { Count: > 0 } readers) parts.Add($"read by {Few(readers)}");
            if (state.Typing.Where(user => user != own).ToList() is { Count: > 0 } typing)
                parts.Add($"{Few(typing)} {(typing.Count == 1 ? "is" : "are")} typing…");
        }
        return $"[{string.Join(" · ", parts)}]";
    }

    // Of the newest message, when it is one's own.
    private List<UserId> ReadersOf(
        ViewState state) => state.Messages.Count > 0 && state.Messages[^1] is var last && last.SenderId == own
        ? [.. state.ReadPositions.Where(position => position.Key != own && position.Value >= last.Sequence)
            .Select(position => position.Key)]
        : [];

    private static string Few(List<UserId> users) => users.Count <= 3
        ? string.Join(", ", users)
        : $"{string.Join(", ", users.Take(2))} and {users.Count - 2} others";
}
