using System.ComponentModel.DataAnnotations;
using Chat.Server.Webhooks.Posting;
using Microsoft.Extensions.Options;

namespace Chat.Server.Notifications;

/// <summary>Ranges first, then dependencies between settings.</summary>
internal sealed class NotificationsOptionsValidator : IValidateOptions<NotificationsOptions>
{
    private const int ShortestSecret = 16;

    private readonly NotificationsOptionsRanges _ranges = new();

    public ValidateOptionsResult Validate(string? name, NotificationsOptions options)
    {
        var ranges = _ranges.Validate(name, options);
        if (ranges.Failed) return ranges;
        // Named by its place: an address may be a secret.
        foreach (var (index, text) in NotificationsOptions.Parts(options.Endpoints).Index())
        {
            if (WebhookUrl.FindProblem(text, options.AllowHttp, "Chat:Notifications:AllowHttp") is { } problem)
                return ValidateOptionsResult.Fail($"Chat:Notifications:Endpoints: number {index + 1} {problem}");
        }
        if (options.Endpoints.Length == 0) return ValidateOptionsResult.Success;
        var secrets = options.Secrets();
        return secrets.Count is 0 or > 2 || secrets.Any(secret => secret.Length < ShortestSecret)
            ? ValidateOptionsResult.Fail(
                $"Chat:Notifications:Secret: one or two keys of at least {ShortestSecret} characters are needed with "
                    + $"Chat:Notifications:Endpoints")
            : ValidateOptionsResult.Success;
    }
}
