using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Transfer.Store;

namespace Chat.Server.Transfer;

/// <summary>Writes what a user wrote and takes part in as lines of JSON, while servers run.</summary>
internal sealed class UserExport(UserExportStore store)
{
    /// <exception cref="TransferException">What is in the database cannot be exported by this version.</exception>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    /// <exception cref="IOException">The output takes no more.</exception>
    public async Task RunAsync(UserKey user, Stream output, CancellationToken ct)
    {
        using var writer = new LineWriter(output);
        await foreach (var line in store.ReadAsync(user, ct)) await writer.WriteAsync(line, ct);
        await writer.EndAsync(ct);
    }
}
