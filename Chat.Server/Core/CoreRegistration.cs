using Chat.Server.Core.Conversations;
using Chat.Server.Core.MessageLog;
using Chat.Server.Core.Signals;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Backplane;
using Microsoft.Extensions.Options;

namespace Chat.Server.Core;

internal static class CoreRegistration
{
    /// <summary>The application core: settings <c>Chat:Core</c> and <c>Chat:Messages</c>, the log and its
    /// lanes, and the service that transports call.</summary>
    public static IServiceCollection AddChatCore(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CoreOptions, CoreOptionsValidator>().BindConfiguration("Chat:Core");
        services.AddSingleton(p => p.GetRequiredService<IOptions<CoreOptions>>().Value);
        services.AddOptionsWithValidateOnStart<MessagesOptions, MessagesOptionsValidator>()
            .BindConfiguration("Chat:Messages");
        services.AddSingleton(p => p.GetRequiredService<IOptions<MessagesOptions>>().Value);
        services.AddSingleton<NewKinds>();
        services.AddSingleton<AccessCache>();
        services.AddSingleton<IEntryObserver>(p => p.GetRequiredService<AccessCache>());
        services.AddBackplaneTopic<AccessChanges>();
        services.AddBackplaneTopic<ListChanges>();
        services.AddSingleton<ICommitObserver>(p => p.GetRequiredService<ListChanges>());
        services.AddSingleton<IBlocks, NoBlocks>(); // AddSafety replaces it
        services.AddSingleton<IPolicies, NoPolicies>(); // AddPolicy replaces it
        services.AddSingleton<WriterSubscriptions>();
        services.AddSingleton<LaneContext>();
        services.AddSingleton<MessageLog.Repeats>();
        services.AddSingleton<MessageLog.MessageLog>();
        services.AddHostedService<MessageLogService>();
        services.AddSingleton<TypingReports>();
        services.AddSingleton<ReadMarks>();
        services.AddSingleton<References>();
        services.AddSingleton<ThreadDesk>();
        services.AddSingleton<HistoryPages>();
        services.AddSingleton<ChatService>();
        return services;
    }
}
