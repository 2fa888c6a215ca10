using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Commands;
using Chat.Server.Outbox.Store;

namespace Chat.Server.Outbox;

/// <summary>What a row has of a message besides its text, as JSON.</summary>
internal static class OutboxContent
{
    public static string? ToJson(SendOptions? options) =>
        options is null ? null : JsonSerializer.Serialize(options, OutboxJson.Default.SendOptions);

    /// <summary>With a dedupe key: the one that was given, or the row's.</summary>
    public static SendOptions OptionsOf(OutboxRow row)
    {
        var options = row.Options is null
            ? new SendOptions()
            : JsonSerializer.Deserialize(row.Options, OutboxJson.Default.SendOptions) ?? new SendOptions();
        return string.IsNullOrEmpty(options.DedupeKey) ? options with { DedupeKey = $"outbox:{row.Id}" } : options;
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(SendOptions))]
internal sealed partial class OutboxJson : JsonSerializerContext;
