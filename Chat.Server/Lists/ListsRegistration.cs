namespace Chat.Server.Lists;

internal static class ListsRegistration
{
    /// <summary>Shows connected users what changes in their lists of conversations.</summary>
    public static IServiceCollection AddLists(this IServiceCollection services) =>
        services.AddSingleton<ListStore>().AddHostedService<ListPusher>();
}
