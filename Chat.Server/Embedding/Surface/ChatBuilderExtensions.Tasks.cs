using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.Server.Embedding;
using Chat.Server.Tasks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class ChatBuilderExtensions
{
    private const int LongestTaskType = 200;

    /// <summary>Runs tasks of this type, at least once, on any instance. They are enqueued by their payload
    /// (<see cref="Chat.Server.IChatTasks"/>). The handler is a singleton of the application.</summary>
    /// <typeparam name="TPayload">What a task says. One type of task has it.</typeparam>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <param name="chat">The chat.</param>
    /// <param name="type">Names the tasks in the database and to operators, 1 to 200 characters. A task whose type no
    /// instance knows is archived: deploy the handler before what enqueues.</param>
    /// <param name="json">How the payload is read and written; null: as <see cref="JsonSerializerOptions.Default"/>
    /// does.</param>
    /// <exception cref="ArgumentException">The type is empty or too long. That it or the payload is taken is found when
    /// the application starts.</exception>
    public static IChatBuilder AddTaskHandler<TPayload, THandler>(
        this IChatBuilder chat, string type, JsonTypeInfo<TPayload>? json = null)
        where THandler : class, ITaskHandler<TPayload>
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        if (type.Length > LongestTaskType)
            throw new ArgumentException($"a type of tasks has 1 to {LongestTaskType} characters", nameof(type));
        var builder = ChatBuilder.Of(chat);
        builder.Services.TryAddSingleton<THandler>();
        builder.Inside(services => services.AddTaskHandlerOf<TPayload, THandler>(
            type, json ?? (JsonTypeInfo<TPayload>)JsonSerializerOptions.Default.GetTypeInfo(typeof(TPayload))));
        builder.Share<THandler>();
        return chat;
    }
}
