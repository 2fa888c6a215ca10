using Chat.Server.Observers.Store;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Server.Persistence.Rows;
using Chat.Server.Retention;
using Chat.Server.Tasks.Store;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Transfer.Store;

/// <summary>What the database itself knows of an import: that one is under way, which, and how far it is. While there
/// is one no server works with the database.</summary>
internal sealed class ImportMarks(ChatDatabase database)
{
    private const string Prefix = "import/", DonePrefix = "imported/";

    /// <summary>Begins the import of an export, or goes on with it.</summary>
    /// <returns>How far it is; null: it was imported already.</returns>
    /// <exception cref="TransferException">Another one was begun.</exception>
    public Task<ImportMark?> BeginAsync(Guid export, CancellationToken ct) => database.ChangeAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var known = await db.Set<JobCursorRow>().AsNoTracking()
            .Where(c => c.Name.StartsWith(Prefix) || c.Name.StartsWith(DonePrefix))
            .ToDictionaryAsync(c => c.Name, c => c.Position, ct);
        if (known.ContainsKey(DoneOf(export))) return (ImportMark?)null;
        if (known.TryGetValue(LineOf(export), out var line)) return new ImportMark(line, known[DigestOf(export)]);
        if (known.Keys.FirstOrDefault(name => name.StartsWith(Prefix, StringComparison.Ordinal)) is { } other)
            throw new TransferException($"another import was begun and is not done, of the export "
                + $"{other[Prefix.Length..].Split('/')[0]}: finish it first, with its file");
        var deployment = await db.Set<DeploymentRow>().AsNoTracking().SingleAsync(ct);
        db.AddRange(RowOf(LineOf(export), 0), RowOf(DigestOf(export), 0), RowOf(LevelOf(export), deployment.Requires),
            RowOf(BeforeOf(export), await db.Messages.MaxAsync(m => (long?)m.Id, ct) ?? 0));
        await db.SaveChangesAsync(ct);
        await RequireAsync(db, Deployment.LevelOfImport, ct);
        await transaction.CommitAsync(ct);
        return new ImportMark(0, 0);
    }, ct);

    /// <summary>Moves on, in the transaction of what was written.</summary>
    /// <exception cref="TransferException">It is elsewhere by now.</exception>
    public static async Task MoveAsync(
        ChatDbContext db, Guid export, ImportMark from, ImportMark to, CancellationToken ct)
    {
        var (line, digest) = (LineOf(export), DigestOf(export));
        var moved = await db.Set<JobCursorRow>().Where(c => c.Name == line && c.Position == from.Line)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Position, to.Line), ct);
        if (moved == 0) throw new TransferException("another process imports the same export into this database");
        await db.Set<JobCursorRow>().Where(c => c.Name == digest)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Position, to.Digest), ct);
    }

    /// <summary>Ends it: servers may work with the database again.</summary>
    /// <param name="export">Which.</param>
    /// <param name="lines">How many lines it had.</param>
    /// <param name="level">The level that a server must have for what it brought.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task EndAsync(Guid export, long lines, int level, CancellationToken ct) => database.ChangeAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (before, own) = (LevelOf(export), $"{Prefix}{export:N}/");
        var cursors = db.Set<JobCursorRow>();
        var required = await cursors.Where(c => c.Name == before).Select(c => c.Position).SingleAsync(ct);
        await RequireAsync(db, Math.Max((int)required, level), ct);
        var name = BeforeOf(export);
        await ImportPass.PassAsync(
            db, await cursors.Where(c => c.Name == name).Select(c => c.Position).FirstOrDefaultAsync(ct), ct);
        // Retention goes by time, and what came is old: it looks at everything once more.
        await cursors.Where(c => c.Name.StartsWith(own) || c.Name == MessageRetention.Cursor).ExecuteDeleteAsync(ct);
        cursors.Add(RowOf(DoneOf(export), lines));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }, ct);

    private static Task RequireAsync(ChatDbContext db, int level, CancellationToken ct) =>
        db.Set<DeploymentRow>().ExecuteUpdateAsync(set => set.SetProperty(d => d.Requires, level), ct);

    private static JobCursorRow RowOf(string name, long position) => new() { Name = name, Position = position };

    private static string LineOf(Guid export) => $"{Prefix}{export:N}/line";

    private static string DigestOf(Guid export) => $"{Prefix}{export:N}/digest";

    private static string LevelOf(Guid export) => $"{Prefix}{export:N}/level";

    private static string BeforeOf(Guid export) => $"{Prefix}{export:N}/before";

    private static string DoneOf(Guid export) => $"{DonePrefix}{export:N}";
}
