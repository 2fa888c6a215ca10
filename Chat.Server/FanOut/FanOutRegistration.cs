using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Signals;
using Chat.Server.Persistence;
using Microsoft.Extensions.Options;

namespace Chat.Server.FanOut;

internal static class FanOutRegistration
{
    /// <summary>Feeds and readers, and signals: settings <c>Chat:FanOut</c> and <c>Chat:Signals</c>.</summary>
    public static IServiceCollection AddFanOut(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<FanOutOptions, FanOutOptionsValidator>()
            .BindConfiguration("Chat:FanOut");
        services.AddSingleton(p => p.GetRequiredService<IOptions<FanOutOptions>>().Value);
        services.AddOptionsWithValidateOnStart<SignalsOptions, SignalsOptionsValidator>()
            .BindConfiguration("Chat:Signals");
        services.AddSingleton(p => p.GetRequiredService<IOptions<SignalsOptions>>().Value);
        services.AddSingleton<Admission>();
        services.AddSingleton<TypingTracker>();
        services.AddSingleton<BackgroundWork>();
        services.AddSingleton<LogReader>();
        services.AddSingleton<EntryObservers>();
        services.AddSingleton<FeedMemory>();
        services.AddSingleton<FeedContext>();
        services.AddSingleton<FeedRegistry>();
        services.AddSingleton<IEntryCache>(p => p.GetRequiredService<FeedRegistry>());
        services.AddSingleton<LogIdentity>();
        services.AddSingleton<LogRecovery>();
        services.AddSingleton<HeadCheck>();
        services.AddSingleton<SignalRouter>();
        services.AddSingleton<WriterBounds>();
        services.AddSingleton<WriterContext>();
        services.AddBackplane();
        services.AddBackplaneTopic<SignalHints>();
        services.AddHostedService<FeedUpkeep>();
        services.AddHostedService<TypingExpiry>();
        return services;
    }
}
