using System.Text.Json.Serialization;

namespace Chat.Contracts.Commands;

/// <summary>What came of a report. The numbers are stored. In JSON, its name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportOutcome>))]
public enum ReportOutcome
{
    /// <summary>There was nothing to do.</summary>
    [JsonStringEnumMemberName("dismissed")]
    Dismissed = 0,

    /// <summary>Something was done about it.</summary>
    [JsonStringEnumMemberName("acted")]
    Acted = 1,
}
