using System.Text.RegularExpressions;

namespace Chat.Server.Operators;

/// <summary>Keeps the key that was generated at the first start, readable for its owner only.</summary>
internal sealed partial class OperatorKeyFile(string path, ILogger<OperatorKeyFile> logger)
{
    public const string Name = "operators.key";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Reads the key, or generates one. If it cannot be stored, it is valid for this start only.</summary>
    public OperatorKey ReadOrMake()
    {
        try
        {
            return new OperatorKey(Read() ?? MakeAlone(), isMade: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(logger, path, e.Message);
            return new OperatorKey(OperatorKey.Make(), isMade: true);
        }
    }

    private string? Read()
    {
        if (!File.Exists(path)) return null;
        var text = File.ReadAllText(path).Trim();
        return KeyPattern().IsMatch(text) ? text : null;
    }

    /// <summary>Of instances that start at the same time, one makes the key, and the others read it.</summary>
    private string MakeAlone()
    {
        FileStream? alone = null;
        if (!SpinWait.SpinUntil(() => (alone = TryOpenAlone()) is not null, LongestWait))
            throw new IOException("another instance has been writing it for too long");
        using (alone) return Read() ?? Write(OperatorKey.Make());
    }

    /// <summary>Null while another instance has it, or when it cannot be opened for another reason, which the bound
    /// ends. It may be deleted at the end: by then there is a key, which the next one reads.</summary>
    private FileStream? TryOpenAlone()
    {
        var making = path + ".making";
        try
        {
            return new FileStream(making, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0,
                FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (e is not DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes the file atomically, so that no half key is read.</summary>
    private string Write(string key)
    {
        var own = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var file = new StreamWriter(own, options)) file.WriteLine(key);
        File.Move(own, path, overwrite: true);
        return key;
    }

    [GeneratedRegex($"^{OperatorsOptions.KeyPattern}$")]
    private static partial Regex KeyPattern();

    private static partial class Log
    {
        [LoggerMessage(1060, LogLevel.Warning,
            "The operators' key cannot be kept in {File} ({Problem}): it is good until the server stops. Set "
                + "Chat:Operators:Key, or Chat:Operators:KeyFile to a file that can be written")]
        public static partial void NotKept(ILogger logger, string file, string problem);
    }
}
