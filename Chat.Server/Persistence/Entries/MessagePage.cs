using Chat.Contracts.Entries;

namespace Chat.Server.Persistence.Entries;

/// <summary>Messages of a log, newest first.</summary>
/// <param name="Messages">They.</param>
/// <param name="IsCut">True when the page ended because of its bytes: there is more of what was asked for.</param>
internal sealed record MessagePage(List<MessageEntry> Messages, bool IsCut)
{
    public static MessagePage From(PageRead read, bool fromOldest)
    {
        var messages = read.Entries.ConvertAll(entry => (MessageEntry)entry);
        if (fromOldest) messages.Reverse();
        return new MessagePage(messages, read.IsCut);
    }
}
