using Chat.Server.Core;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Erasures;

/// <summary>Appends the entries that say what was erased.</summary>
internal interface IErasureEntries
{
    /// <summary>Ends well where entries may be appended now.</summary>
    /// <exception cref="ChatException">Not while a server of an older version runs.</exception>
    Task DemandAsync(CancellationToken ct);

    /// <summary>Appends the entry of an order, and erases with it what is left; once, however often it is
    /// called.</summary>
    /// <param name="order">What is erased.</param>
    /// <param name="parts">Where there may be something left.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <exception cref="ChatException">It is not stored, or that is not known.</exception>
    Task AppendAsync(ErasureOrder order, IReadOnlyList<ErasedPart> parts, CancellationToken ct);
}
