using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Server.Tasks.Admin;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcTimestamp)])]
[JsonSerializable(typeof(TaskStatusBody))]
[JsonSerializable(typeof(QueuesBody))]
[JsonSerializable(typeof(TaskListBody))]
[JsonSerializable(typeof(List<TaskError>))]
internal sealed partial class TaskAdminJson : JsonSerializerContext;
