using System.Globalization;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>A file beside the database that says how far its log went, and in which generation: when the database goes
/// less far, it was put back.</summary>
/// <remarks>A file that cannot be read says nothing, and one that cannot be written is written at the next
/// look.</remarks>
internal sealed class SqliteLogEnd(string database)
{
    private readonly string _path = database + ".end";

    /// <summary>What was noted; null: nothing.</summary>
    public (Guid Generation, long Last)? Read()
    {
        try
        {
            return File.Exists(_path) && File.ReadAllText(_path).Split(' ') is [var generation, var last]
                && Guid.TryParseExact(generation, "N", out var id)
                && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? (id, number)
                    : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Write(Guid generation, long last)
    {
        try
        {
            var next = _path + ".new";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new StreamWriter(next, options))
                file.Write(string.Create(CultureInfo.InvariantCulture, $"{generation:N} {last}"));
            File.Move(next, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // NOTE: the next look writes it.
        }
    }
}
