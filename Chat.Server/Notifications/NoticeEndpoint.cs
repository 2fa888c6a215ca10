using System.Globalization;
using System.Net;
using Chat.Server.Webhooks.Posting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Chat.Server.Notifications;

/// <summary>One address that is told: an attempt has a bound, and one that fails again and again is left alone for a
/// while.</summary>
/// <remarks>The task queue retries, which survives a restart. A redirect is a failure: the body is for the configured
/// address only.</remarks>
internal sealed class NoticeEndpoint
{
    private readonly WebhookAddress _address;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _turns;
    private readonly IReadOnlyList<string> _secrets;
    private readonly IReadOnlyList<byte[]> _keys;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<HttpStatusCode> _pipeline;

    /// <param name="address">Which.</param>
    /// <param name="http">What posts.</param>
    /// <param name="turns">Those of its host: only so many are posted at once.</param>
    /// <param name="options">How long an attempt may take, and when it is left alone.</param>
    /// <param name="time">What that is measured with.</param>
    public NoticeEndpoint(
        WebhookAddress address, HttpClient http, SemaphoreSlim turns, NotificationsOptions options, TimeProvider time)
    {
        (_address, _http, _turns, _secrets, _time) = (address, http, turns, options.Secrets(), time);
        _keys = [.. _secrets.Select(WebhookSecret.ReadAny)];
        _pipeline = new ResiliencePipelineBuilder<HttpStatusCode> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpStatusCode>
            {
                ShouldHandle = new PredicateBuilder<HttpStatusCode>().Handle<HttpRequestException>()
                    .Handle<TimeoutRejectedException>().HandleResult(status => !IsSuccess(status)),
                FailureRatio = 1,
                MinimumThroughput = options.BreakAfter,
                SamplingDuration = TimeSpan.FromSeconds(Math.Max(60, options.BreakAfter * options.TimeoutSeconds * 2)),
                BreakDuration = TimeSpan.FromSeconds(options.BreakSeconds),
            })
            .AddTimeout(TimeSpan.FromSeconds(options.TimeoutSeconds))
            .Build();
    }

    /// <summary>Posts a notice when its turn has come; ends when it was taken.</summary>
    /// <exception cref="WebhookException">It was not accepted: refused, unreachable, too slow, or the address is
    /// paused.</exception>
    public async Task PostAsync(string eventId, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        await _turns.WaitAsync(ct);
        try
        {
            var status = await _pipeline.ExecuteAsync(async token => await PostOnceAsync(eventId, body, token), ct);
            if (!IsSuccess(status)) throw new WebhookException($"{_address.Host} answered {(int)status}");
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException or BrokenCircuitException)
        {
            throw new WebhookException(
                e is BrokenCircuitException ? $"{_address.Host} failed too often and is paused for a while"
                : e is TimeoutRejectedException ? $"{_address.Host} took too long"
                : $"{_address.Host} cannot be reached: {e.Message}",
                e);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async ValueTask<HttpStatusCode> PostOnceAsync(
        string eventId, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        using var request = WebhookRequest.Create(_address.Uri, _keys, eventId, timestamp, body);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Sign(_secrets, timestamp, body.Span));
        request.Headers.Add(WebhookSignature.EventHeader, eventId);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        return answer.StatusCode;
    }

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;
}
