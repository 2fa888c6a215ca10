using Chat.Contracts.Entries;
using Chat.Contracts.Rules;

namespace Chat.Server.Notifications;

/// <param name="Id">The message's id.</param>
/// <param name="Seq">Its sequence.</param>
/// <param name="SenderId">Who wrote it.</param>
/// <param name="MsgType">0 text, 1 image, 2 file, 3 system.</param>
/// <param name="Preview">The beginning of its text; null until the notice is posted, and where previews are turned
/// off.</param>
/// <param name="CreatedAt">When it was stored.</param>
internal sealed record NoticeMessage(
    Guid Id, long Seq, string SenderId, int MsgType, string? Preview, DateTimeOffset CreatedAt)
{
    /// <summary>So many a character has on average at most, that a preview stays one.</summary>
    private const int UnitsPerCharacter = 10;

    public static NoticeMessage From(MessageEntry message) => new(message.Id.Value, message.Sequence,
        message.SenderId.Value, (int)message.MsgType, Preview: null, message.CreatedAt);

    /// <summary>The beginning of a text; null where there is none, or previews are turned off.</summary>
    public static string? PreviewOf(string? text, int characters)
    {
        if (text is null || characters == 0) return null;
        var beginning = EntryPreview.Beginning(text, characters, UnitsPerCharacter * characters);
        return beginning.Length == text.Length ? text : beginning + "…";
    }
}
