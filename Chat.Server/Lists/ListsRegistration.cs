namespace Chat.Server.Lists;

internal static class ListsRegistration
{
    /// <summary>Pushes changes of the lists of conversations to connected users.</summary>
    public static IServiceCollection AddLists(this IServiceCollection services) =>
        services.AddSingleton<ListStore>().AddHostedService<ListPusher>();
}
