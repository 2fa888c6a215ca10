using Chat.Server.Core.MessageLog;

namespace Chat.Server.Lists;

internal static class ListsRegistration
{
    /// <summary>Pushes changes of the lists of conversations to connected users, and keeps the order of long
    /// ones.</summary>
    public static IServiceCollection AddLists(this IServiceCollection services) => services
        .AddSingleton<ListStore>().AddHostedService<ListPusher>()
        .AddSingleton<ListUpkeep>()
        .AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<ListUpkeep>())
        .AddHostedService(provider => provider.GetRequiredService<ListUpkeep>());
}
