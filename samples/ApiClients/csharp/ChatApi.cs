using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.ApiClient;

/// <content>What is not given is left out of what is sent.</content>
public partial class ChatApi
{
    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) =>
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
}
