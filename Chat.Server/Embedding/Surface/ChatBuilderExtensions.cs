namespace Microsoft.Extensions.DependencyInjection;

/// <summary>How an application sets up its chat. Each subject has a file.</summary>
public static partial class ChatBuilderExtensions;
