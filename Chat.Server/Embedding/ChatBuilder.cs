using Chat.Server.Hosting;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chat.Server.Embedding;

/// <summary>The chat of a container, while it is added.</summary>
internal sealed class ChatBuilder(IServiceCollection services, ChatSetup setup) : IChatBuilder
{
    public IServiceCollection Services => services;

    public ChatSetup Setup => setup;

    /// <summary>Adds to the chat's own services.</summary>
    public void Inside(Action<IServiceCollection> add)
    {
        if (setup.Inside is { } later) later.Add(add);
        else add(services);
    }

    /// <summary>Lets the chat use a service of the application: the same object.</summary>
    public void Share<T>()
        where T : class
    {
        if (setup.Inside is { } later)
            later.Add(inside => inside.Replace(ServiceDescriptor.Transient<T>(
                provider => provider.GetRequiredService<HostServices>().Provider.GetRequiredService<T>())));
    }

    /// <summary>The same for a scoped service: a scope of the chat has the object of a scope of the
    /// application.</summary>
    public void ShareScoped<T>()
        where T : class
    {
        if (setup.Inside is not { } later) return;
        later.Add(inside => inside.TryAddScoped<HostScope>());
        later.Add(inside => inside.Replace(ServiceDescriptor.Transient<T>(
            provider => provider.GetRequiredService<HostScope>().Provider.GetRequiredService<T>())));
    }

    public static ChatBuilder Of(IChatBuilder chat)
    {
        ArgumentNullException.ThrowIfNull(chat);
        return (ChatBuilder)chat;
    }

    /// <exception cref="InvalidOperationException">There is one already.</exception>
    public static ChatBuilder AddTo(IServiceCollection services, Action<ChatOptions>? configure)
    {
        if (InstanceIn<ChatSetup>(services) is not null)
            throw new InvalidOperationException("AddChat was called twice: there is one chat in an application");
        var setup = new ChatSetup(configure);
        services.AddSingleton(setup);
        if (InstanceIn<ChatProgram>(services) is { } program)
        {
            setup.Inside = null;
            AddProgram(services, program);
        }
        else
        {
            services.AddSingleton<EmbeddedChat>().AddHostedService<EmbeddedRun>();
            services.AddSingleton(provider => EmbeddedChat.ServicesIn(provider).GetRequiredService<IChat>());
            services.AddSingleton(provider => EmbeddedChat.ServicesIn(provider).GetRequiredService<IChatTasks>());
        }
        return new ChatBuilder(services, setup);
    }

    /// <summary>The program's container is the chat's own.</summary>
    private static void AddProgram(IServiceCollection services, ChatProgram program)
    {
        var configuration = program.Configuration;
        services.AddSingleton(provider => new HostServices(provider));
        services.AddChatServices(new ChatSettings(
            configuration, ServerMode.Of(configuration),
            DatabaseSettingsResolver.Resolve(configuration, program.Folder),
            RedisSettingsResolver.Resolve(configuration)));
    }

    private static T? InstanceIn<T>(IServiceCollection services)
        where T : class =>
        services.FirstOrDefault(service => service.ServiceType == typeof(T))?.ImplementationInstance as T;
}
