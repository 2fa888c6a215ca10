namespace Chat.Server.Application;

internal static class ApplicationRegistration
{
    /// <summary>The chat for the application that it is part of: <see cref="IChat"/>, <see cref="IChatTasks"/>.
    /// </summary>
    public static IServiceCollection AddApplication(this IServiceCollection services) =>
        services.AddSingleton<IChat, InProcessChat>().AddSingleton<IChatTasks, InProcessTasks>();
}
