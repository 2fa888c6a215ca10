using System.Text.RegularExpressions;

namespace Chat.Server.Operators;

/// <summary>Keeps the key that was made at the first start, for its owner only.</summary>
internal sealed partial class OperatorKeyFile(string path, ILogger<OperatorKeyFile> logger)
{
    public const string Name = "operators.key";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the key; makes one where there is none. Where it cannot be kept it is good for this start
    /// only.</summary>
    public OperatorKey ReadOrMake()
    {
        try
        {
            return new OperatorKey(Read() ?? Write(OperatorKey.Make()), isMade: true);
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

    /// <summary>All at once, so that nobody reads half a key; another instance that does the same at this moment is
    /// first or second, and both read what is there then.</summary>
    private string Write(string key)
    {
        var own = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var file = new StreamWriter(own, options)) file.WriteLine(key);
        try
        {
            File.Move(own, path, overwrite: Read() is null && File.Exists(path));
        }
        catch (IOException) when (Read() is not null)
        {
            File.Delete(own);
        }
        return Read() ?? key;
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
