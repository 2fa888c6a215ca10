using Chat.Contracts.Protocol;

namespace Chat.Server.Persistence.Entries;

/// <summary>Where a page ends: at so many entries or so many bytes of content, whichever comes first; it has at least
/// one entry. A number stands for that many entries and <see cref="ChatLimits.PageBytes"/>, so that no page is without
/// a limit in bytes.</summary>
internal readonly record struct PageLimit(int Entries, int Bytes = ChatLimits.PageBytes)
{
    public static implicit operator PageLimit(int entries) => new(entries);
}
