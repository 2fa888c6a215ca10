namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What an application says of its chat. A file an extension.</summary>
public static partial class ChatBuilderExtensions;
