using Chat.Server.Core.MessageLog;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Reactions;

internal static class ReactionsRegistration
{
    /// <summary>Reactions to messages.</summary>
    public static IServiceCollection AddReactions(this IServiceCollection services)
    {
        services.AddSingleton<UntoldReactions>();
        services.AddSingleton<ICommitObserver>(p => p.GetRequiredService<UntoldReactions>());
        services.AddSingleton<ReactionUpkeep>();
        services.AddHostedService<ReactionTeller>();
        services.AddHostedService<ReactionDropper>();
        services.AddBackplaneTopic<OwnReactionChanges>();
        services.AddSingleton<ICommitObserver>(p => p.GetRequiredService<OwnReactionChanges>());
        services.AddHostedService<OwnReactionPusher>();
        return services;
    }
}
