using System.Text.Json.Serialization;

namespace Chat.Contracts.Commands;

/// <summary>Which entries of a log a page has. In JSON, its name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HistoryView>))]
public enum HistoryView
{
    /// <summary>All entries, as they are stored.</summary>
    [JsonStringEnumMemberName("log")]
    Log = 0,

    /// <summary>What the main stream shows: messages and notes, without replies in threads and without what changes
    /// messages. Beside them the page has what has become of its messages.</summary>
    [JsonStringEnumMemberName("main")]
    Main = 1,

    /// <summary>The replies of one thread, likewise.</summary>
    [JsonStringEnumMemberName("thread")]
    Thread = 2,
}
