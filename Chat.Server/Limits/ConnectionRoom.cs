namespace Chat.Server.Limits;

/// <summary>What there is room for, as open files allow.</summary>
internal sealed class ConnectionRoom
{
    /// <summary>Files that are left to requests and to the process, and those that the process has open itself at most:
    /// its program alone has some 300.</summary>
    private const int Rest = 500, Own = 450;

    /// <summary>Connections that are taken however few files there are.</summary>
    private const int Fewest = 16;

    public ConnectionRoom(LimitsOptions options, long? files)
    {
        Files = files;
        // Whatever is set or switched off: a process without files ends.
        Sockets = files is { } all ? (int)Math.Clamp(all - Own, Fewest, int.MaxValue) : int.MaxValue;
        Connections = Math.Min(Sockets,
            options.Connections ?? (options.Factor == 0 ? int.MaxValue : DefaultFor(files)));
    }

    /// <summary>Files that may be open; null: not known, or any number.</summary>
    public long? Files { get; }

    /// <summary>Connections that may be open at once.</summary>
    public int Connections { get; }

    /// <summary>Sockets that may be, idle ones and requests included.</summary>
    public int Sockets { get; }

    /// <summary>90 %, and all but 500. Where there are so few that this leaves hardly any, a quarter.</summary>
    private static int DefaultFor(long? files) =>
        files is { } all
            ? (int)Math.Clamp(Math.Max(Math.Min(all * 9 / 10, all - Rest), all / 4), Fewest, int.MaxValue)
            : int.MaxValue;
}
