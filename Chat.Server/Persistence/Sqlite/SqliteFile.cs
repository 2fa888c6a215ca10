using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>The files of the database. They contain all messages, so other users of the machine may not read
/// them.</summary>
/// <remarks>What cannot be prepared is left as it is: SQLite says what is wrong when it opens the file.</remarks>
internal sealed class SqliteFile
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    public SqliteFile(DatabaseSettings settings)
    {
        ConnectionString = settings.ConnectionString;
        var source = new SqliteConnectionStringBuilder(ConnectionString);
        if (source.Mode == SqliteOpenMode.Memory || source.DataSource.Length == 0 || source.DataSource.Contains(':'))
            return; // in memory, or in SQLite's own URI form
        FullPath = Path.GetFullPath(source.DataSource);
        try
        {
            Prepare(FullPath, mayCreate: source.Mode == SqliteOpenMode.ReadWriteCreate);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            // NOTE: see the remarks.
        }
    }

    public string ConnectionString { get; }

    /// <summary>Null for what is no file.</summary>
    public string? FullPath { get; }

    /// <summary>The bytes of what was written and is not yet in the database file itself.</summary>
    public long WalBytes => FullPath is not null && new FileInfo(FullPath + "-wal") is { Exists: true } wal
        ? wal.Length
        : 0;

    /// <summary>Opens a file beside the database exclusively.</summary>
    public static FileStream OpenAlone(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnFile;
        return new FileStream(path, options);
    }

    private void Prepare(string path, bool mayCreate)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }
        if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, OwnFolder);
        if (mayCreate && !File.Exists(path)) Create(path);
        foreach (var ending in (string[])["", "-wal", "-shm", "-journal", ".migrating"])
            if (File.Exists(path + ending) && (File.GetUnixFileMode(path + ending) & ~OwnFile) != 0)
                File.SetUnixFileMode(path + ending, OwnFile);
    }

    /// <summary>SQLite gives the files beside it the same mode. What EF Core does with a file that it makes itself has
    /// to be done here then.</summary>
    private void Create(string path)
    {
        OpenAlone(path).Dispose();
        var settings = new SqliteConnectionStringBuilder(ConnectionString) { Pooling = false };
        using var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = wal";
        command.ExecuteNonQuery();
    }
}
