namespace Chat.Server.Persistence.Entries;

/// <summary>A stretch of a log in which content is erased.</summary>
/// <param name="After">Behind this sequence.</param>
/// <param name="UpTo">Up to this one; <see cref="ToEntry"/>: up to the entry that says so.</param>
internal readonly record struct ErasedPart(long After, long UpTo)
{
    public const long ToEntry = long.MaxValue;
}
