using System.ComponentModel.DataAnnotations;
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
            if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
                || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
                return ValidateOptionsResult.Fail(
                    $"Chat:Notifications:Endpoints: number {index + 1} is not an absolute https address");
            if (uri.Scheme == Uri.UriSchemeHttp && !options.AllowHttp && !uri.IsLoopback)
                return ValidateOptionsResult.Fail(
                    $"Chat:Notifications:Endpoints: number {index + 1} is not https; "
                        + $"Chat:Notifications:AllowHttp=true permits it");
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
