using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core;

/// <summary>A draft that policies have let through.</summary>
/// <param name="Draft">What is to be stored: maybe not what the user sent.</param>
internal readonly record struct Judged(Draft Draft)
{
    /// <summary>Not null: it is refused now, but was stored before, and this is its receipt.</summary>
    public Appended? Repeat { get; init; }
}
