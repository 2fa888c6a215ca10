using System.Text.Json.Serialization.Metadata;

namespace Chat.Server.Tasks;

/// <summary>Which tasks have this payload.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Json">How it is written.</param>
internal sealed record TaskContent<TPayload>(string Type, JsonTypeInfo<TPayload> Json);
