using Chat.Server.Configuration;

namespace Chat.Server.Webhooks;

/// <summary>Settings <c>Chat:Webhooks</c>.</summary>
/// <param name="Endpoints">Those that are told of entries.</param>
/// <param name="BeforeSend">The one that is asked; null: none is.</param>
internal sealed record AllWebhooks(IReadOnlyList<WebhookSettings> Endpoints, BeforeSendSettings? BeforeSend)
{
    public const string Section = "Chat:Webhooks";

    /// <exception cref="ConfigurationException">Some cannot be used: all problems, without an address or a secret.
    /// </exception>
    public static AllWebhooks Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var endpoints = new List<WebhookSettings>();
        BeforeSendSettings? beforeSend = null;
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            var reader = new WebhookReader(section, problems);
            if (!reader.IsSet) continue;
            if (!section.Key.Equals(BeforeSendSettings.Name, StringComparison.OrdinalIgnoreCase))
                endpoints.Add(reader.ReadEndpoint());
            else beforeSend = reader.ReadBeforeSend();
        }
        if (problems.Count > 0) throw new ConfigurationException(problems);
        return new AllWebhooks(endpoints, beforeSend);
    }
}
