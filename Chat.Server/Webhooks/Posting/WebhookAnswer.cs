using System.Net;

namespace Chat.Server.Webhooks.Posting;

/// <summary>What came of a post.</summary>
/// <param name="Problem">Why it was not taken; null: it was.</param>
internal sealed record WebhookAnswer(string? Problem)
{
    /// <summary>Nothing is to be posted there any more.</summary>
    public bool IsGone { get; private init; }

    /// <summary>How long it wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Of 200 to 299 alone: a redirect is a failure, because the body is for the configured address only.
    /// </summary>
    public static WebhookAnswer Of(HttpResponseMessage answer, string host, DateTimeOffset now) =>
        answer.IsSuccessStatusCode
            ? new WebhookAnswer(Problem: null)
            : new WebhookAnswer($"{host} answered {(int)answer.StatusCode}")
            {
                IsGone = answer.StatusCode == HttpStatusCode.Gone,
                RetryAfter = answer.Headers.RetryAfter switch
                {
                    { Delta: { } delta } => delta,
                    { Date: { } date } => date - now,
                    _ => null,
                },
            };

    public static WebhookAnswer Failed(string problem) => new(problem);
}
