using Chat.Contracts.Commands;

namespace Chat.Server.Transports;

/// <summary>Views as raw frames and REST spell them.</summary>
internal static class ViewNames
{
    /// <summary>A name that is none becomes a value that the rules refuse in words.</summary>
    public static HistoryView Parse(string? name) => name switch
    {
        "log" => HistoryView.Log,
        "main" => HistoryView.Main,
        "thread" => HistoryView.Thread,
        _ => (HistoryView)(-1),
    };
}
