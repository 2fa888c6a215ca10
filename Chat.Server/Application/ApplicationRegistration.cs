using Chat.Server.Application.Api;

namespace Chat.Server.Application;

internal static class ApplicationRegistration
{
    /// <summary>The chat for the application that it is part of: <see cref="IChat"/>, <see cref="IChatTasks"/>; and the
    /// same for back ends.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services) => services
        .AddSingleton<ActorCalls>().AddSingleton<ApplicationDesk>().AddSingleton<ApplicationEndpoints>()
        .AddSingleton<IChat, InProcessChat>().AddSingleton<IChatTasks, InProcessTasks>();
}
