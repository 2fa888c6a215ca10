using Chat.Server.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chat.Server.Policies;

internal static class PoliciesRegistration
{
    /// <summary>Asks a policy, behind those that were added before.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time it may take is out of range.</exception>
    public static IServiceCollection AddPolicy<T>(
        this IServiceCollection services, Action<ChatPolicyOptions>? configure = null) where T : class, IChatPolicy
    {
        var options = new ChatPolicyOptions();
        configure?.Invoke(options);
        if (options.Budget < ChatPolicyOptions.MinBudget || options.Budget > ChatPolicyOptions.MaxBudget)
            throw new ArgumentOutOfRangeException(nameof(configure), options.Budget,
                $"a policy may take {ChatPolicyOptions.MinBudget.TotalMilliseconds:0} to "
                    + $"{ChatPolicyOptions.MaxBudget.TotalMilliseconds:0} ms");
        services.TryAddSingleton<T>();
        services.AddSingleton(provider => new PolicyRun(typeof(T).Name,
            new Lazy<IChatPolicy>(provider.GetRequiredService<T>), options,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PolicyRun>>()));
        services.AddSingleton<IPolicies, PolicyGate>();
        return services;
    }
}
