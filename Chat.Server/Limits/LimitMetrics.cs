using System.Diagnostics.Metrics;
using System.Text.Json;
using Chat.Server.Observability;

namespace Chat.Server.Limits;

/// <summary>Counts what was refused because of a limit, by limit.</summary>
internal sealed class LimitMetrics
{
    private static readonly KeyValuePair<string, object?>[] Tags =
        [.. Enum.GetValues<LimitKind>().Select(kind => new KeyValuePair<string, object?>("limit", NameOf(kind)))];

    private readonly Counter<long> _refused;

    public LimitMetrics(IMeterFactory meters) =>
        _refused = meters.Create(ChatMetrics.MeterName).CreateCounter<long>("chat.rate_limited", "{request}",
            "Refused because of a limit, by limit");

    /// <summary>The value of the tag <c>limit</c>.</summary>
    public static string NameOf(LimitKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    public void Refused(LimitKind kind)
    {
        if (_refused.Enabled) _refused.Add(1, Tags[(int)kind]);
    }
}
