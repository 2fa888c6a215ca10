namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The chat that is being added to an application. It is set up with extension methods.</summary>
public interface IChatBuilder
{
    /// <summary>The application's services. The chat's own are in a container of their own.</summary>
    IServiceCollection Services { get; }
}
