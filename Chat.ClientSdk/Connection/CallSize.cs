using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Connection;

/// <summary>Refuses a call that is larger than servers read: it would end the connection, and the next one when it is
/// made again.</summary>
internal static class CallSize
{
    /// <summary>Of what SignalR writes around the arguments, and of those that are small.</summary>
    private const int Envelope = 1_024;

    /// <summary>A UTF-16 unit takes no more in JSON: <c>\u0001</c>.</summary>
    private const int MostBytesPerUnit = 6;

    private static readonly JsonSerializerOptions Json = HubProtocolJson.CreateOptions();

    /// <exception cref="ChatRefusedException">It is too large.</exception>
    public static void Check(object?[] arguments)
    {
        // Nearly all are far below, and need not be written twice.
        if (arguments.Sum(UnitsOf) * MostBytesPerUnit + Envelope <= ChatLimits.FrameBytes) return;
        if (arguments.Sum(BytesOf) + Envelope > ChatLimits.FrameBytes)
            throw new ChatRefusedException(new ChatError(ChatErrorCode.BadRequest,
                $"a call must have at most {ChatLimits.FrameBytes} bytes"));
    }

    private static long UnitsOf(object? argument) => argument switch
    {
        string text => text.Length,
        UserId[] users => UnitsOf(users),
        string[] keys => keys.Sum(static key => (key?.Length ?? 0L) + 1),
        CreateConversation command => (command.Title?.Length ?? 0L) + UnitsOf(command.ParticipantIds),
        SendOptions options => (options.AttachmentUrl?.Length ?? 0L) + (options.DedupeKey?.Length ?? 0)
            + (options.AttachmentMeta?.Text?.Length ?? 0) + UnitsOf(options.Mentions?.Users)
            + (options.Attachments?.Sum(UnitsOf) ?? 0),
        null or ValueType or HistoryQuery => 0, // numbers, ids and words
        _ => ChatLimits.FrameBytes, // rare, and may have text: it is measured
    };

    private static long UnitsOf(MessageAttachment one) => 128L + one.Url.Length + (one.Id?.Length ?? 0)
        + (one.Name?.Length ?? 0) + (one.MediaType?.Length ?? 0) + (one.Meta?.Text?.Length ?? 0);

    private static long UnitsOf(IReadOnlyList<UserId>? users) =>
        users?.Sum(static user => (user.Value?.Length ?? 0L) + 1) ?? 0;

    private static long BytesOf(object? argument) => argument is null
        ? 0
        : JsonSerializer.SerializeToUtf8Bytes(argument, Json.GetTypeInfo(argument.GetType())).Length;
}
