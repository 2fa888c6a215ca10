using System.Reflection;
using System.Text.Json.Nodes;
using Chat.Contracts.Protocol;

namespace Chat.Server.Hosting.AsyncApi;

/// <summary>The methods of <see cref="IChatHub"/> and <see cref="IChatClient"/>, which the hub and its clients
/// call.</summary>
internal static class HubContract
{
    /// <summary>What clients call: the method, its arguments, and what it answers; null: that it is done.</summary>
    public static IEnumerable<(string Name, JsonObject Arguments, JsonNode? Answer)> Calls(ContractSchemas schemas) =>
        from method in Methods(typeof(IChatHub))
        let answer = method.ReturnType.GenericTypeArguments is [var type] ? schemas.Of(type, isNullable: false) : null
        select (method.Name, Arguments(method, schemas), answer);

    /// <summary>What the hub calls.</summary>
    public static IEnumerable<(string Name, JsonObject Arguments)> Pushes(ContractSchemas schemas) =>
        Methods(typeof(IChatClient)).Select(method => (method.Name, Arguments(method, schemas)));

    private static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods().OrderBy(method => method.Name, StringComparer.Ordinal);

    /// <summary>A call's arguments, in their order. Those that may be left out come last.</summary>
    private static JsonObject Arguments(MethodInfo method, ContractSchemas schemas)
    {
        var parameters = method.GetParameters();
        var items = new JsonArray();
        foreach (var parameter in parameters)
        {
            var mayBeNull = new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable;
            items.Add(new JsonObject
            {
                ["title"] = parameter.Name, ["allOf"] = new JsonArray(schemas.Of(parameter.ParameterType, mayBeNull)),
            });
        }
        if (parameters.Length == 0) return new JsonObject { ["type"] = "array", ["maxItems"] = 0 };
        return new JsonObject
        {
            ["type"] = "array", ["items"] = items, ["additionalItems"] = false,
            ["minItems"] = parameters.Count(parameter => !parameter.IsOptional),
        };
    }
}
