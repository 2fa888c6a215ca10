using System.Diagnostics.Metrics;
using Chat.Contracts.Errors;
using Chat.Server.Observability;

namespace Chat.Server.Identity;

/// <summary>Counts how tokens and keys were answered.</summary>
internal sealed class AuthMetrics(IMeterFactory meters)
{
    private static readonly KeyValuePair<string, object?> Ok = new("outcome", "ok");

    private static readonly Dictionary<ChatErrorCode, KeyValuePair<string, object?>> Tags =
        Enum.GetValues<ChatErrorCode>().ToDictionary(code => code,
            code => new KeyValuePair<string, object?>("outcome", code.ToWire()));

    private readonly Counter<long> _answered = meters.Create(ChatMetrics.MeterName).CreateCounter<long>(
        "chat.auth", "{request}", "Requests that had to prove who they are from, by outcome");

    /// <param name="refusal">Null: it was taken.</param>
    public void Answered(ChatErrorCode? refusal)
    {
        if (_answered.Enabled) _answered.Add(1, refusal is { } code ? Tags[code] : Ok);
    }
}
