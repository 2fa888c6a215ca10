using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Server.Core;
using Chat.Server.Limits;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    /// <summary>Reads a frame, and says what it counts as.</summary>
    /// <param name="frame">As it came.</param>
    /// <param name="command">What it asks for.</param>
    /// <param name="problem">Why it is no command of this socket's; null: it is one.</param>
    private LimitKind Read(ReadOnlySpan<byte> frame, out RawCommand command, out ChatException? problem)
    {
        try
        {
            command = RawCommandParser.Parse(frame, dialect.Features);
        }
        catch (ChatException e)
        {
            (command, problem) = (default, e);
            return LimitKind.Unknown;
        }
        var kind = KindOf(command.Type);
        problem = kind != LimitKind.Unknown ? null
            : command.Type == RawCommandType.None
                ? ChatException.BadRequest($"type is required: {dialect.Types}")
                : new ChatException(new ChatError(ChatErrorCode.UnsupportedType, $"type must be {dialect.Types}"));
        return kind;
    }

    private SendOptions OptionsOf(in RawCommand command)
    {
        var options = command.Message.ToOptions();
        return dialect.HasThreads ? command.Threads.AddTo(options) : options;
    }

    private LimitKind KindOf(RawCommandType type) => type switch
    {
        RawCommandType.Message => LimitKind.Sends,
        RawCommandType.Edit or RawCommandType.Delete when dialect.HasEdits => LimitKind.Sends,
        RawCommandType.Join or RawCommandType.Leave => LimitKind.Joins,
        RawCommandType.Typing when dialect.HasTyping => LimitKind.Typing,
        RawCommandType.Read when dialect.HasReceipts => LimitKind.Reads,
        RawCommandType.Presence when dialect.HasPresence => LimitKind.Presence,
        RawCommandType.Users when dialect.HasUsers => LimitKind.Presence,
        RawCommandType.Refresh when dialect.HasAuth => LimitKind.Presence,
        RawCommandType.Block or RawCommandType.Unblock when dialect.HasBlocks => LimitKind.Changes,
        RawCommandType.Blocks when dialect.HasBlocks => LimitKind.Lists,
        RawCommandType.Threads or RawCommandType.Mentions when dialect.HasThreads => LimitKind.Lists,
        RawCommandType.Follow or RawCommandType.Unfollow when dialect.HasThreads => LimitKind.Changes,
        RawCommandType.Report or RawCommandType.CloseReport when dialect.HasReports => LimitKind.Changes,
        RawCommandType.Reports when dialect.HasReports => LimitKind.Lists,
        RawCommandType.Participants when dialect.HasRights => LimitKind.History,
        RawCommandType.Add or RawCommandType.Remove or RawCommandType.SetRole or RawCommandType.ChangeConversation
            when dialect.HasRights => LimitKind.Changes,
        RawCommandType.Pin or RawCommandType.Unpin when dialect.HasThreads => LimitKind.Changes,
        RawCommandType.Pins when dialect.HasThreads => LimitKind.Lists,
        RawCommandType.Conversations when dialect.HasConversations => LimitKind.Lists,
        _ => LimitKind.Unknown,
    };
}
