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
        var kind = RawCommandTypes.LimitOf(command.Type, dialect.Features);
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
}
