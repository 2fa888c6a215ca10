using System.Text.Json;

namespace Chat.Tests.Fixtures;

/// <summary>Calls the hub with whatever arguments, also such as no library would send.</summary>
internal interface IHubCaller : IAsyncDisposable
{
    /// <summary>Calls a method with arguments given as JSON texts; returns the completion, as JSON has it.</summary>
    Task<JsonElement> InvokeAsync(string method, string arguments);
}
