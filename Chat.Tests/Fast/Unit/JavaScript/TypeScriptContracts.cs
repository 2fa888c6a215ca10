using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;

namespace Chat.Tests.Unit.JavaScript;

/// <summary>The types of the hub as TypeScript declarations, generated from Chat.Contracts: every type that a method of
/// the hub or of its clients uses.</summary>
internal sealed class TypeScriptContracts
{
    private static readonly NullabilityInfoContext Nullability = new();

    private readonly SortedDictionary<string, string> _declared = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _seen = [];
    private readonly XmlSummaries _summaries = XmlSummaries.Of(typeof(IChatHub).Assembly);

    /// <summary>The text of <c>contracts.d.ts</c>.</summary>
    public static string Generate()
    {
        var types = new TypeScriptContracts();
        var hub = types.Methods(typeof(IChatHub), "ChatHub");
        var client = types.Methods(typeof(IChatClient), "ChatHubEvents");
        return "// Generated from Chat.Contracts by Chat.Tests/Fast/Unit/JavaScript: do not edit.\n"
            + "// CHAT_ACCEPT_API=1 dotnet test updates it.\n\n"
            + string.Join("\n", types._declared.Values) + "\n" + hub + "\n" + client;
    }

    /// <summary>The hub's or its client's methods, in the order of their declaration, with the numbers of arguments
    /// that they take.</summary>
    public static IEnumerable<(string Name, int Least, int Most)> Arity(
        Type contract) => contract.GetMethods().Select(method =>
        (method.Name, method.GetParameters()
            .Count(parameter => !parameter.HasDefaultValue), method.GetParameters().Length));

    private string Methods(Type contract, string name)
    {
        var text = new StringBuilder(_summaries.For(contract, "")).Append($"export interface {name} {{\n");
        foreach (var method in contract.GetMethods())
        {
            var parameters = method.GetParameters().Select(parameter =>
                $"{parameter.Name}{(parameter.HasDefaultValue ? "?" : "")}: "
                    + $"{TypeOf(parameter.ParameterType, Nullability.Create(parameter))}");
            var result = method.ReturnType.IsGenericType
                ? TypeOf(method.ReturnType.GenericTypeArguments[0],
                    Nullability.Create(method.ReturnParameter).GenericTypeArguments[0])
                : "void";
            var line = $"  {method.Name}({string.Join(", ", parameters)}): "
                + $"{(name == "ChatHub" ? $"Promise<{result}>" : result)};\n";
            if (line.Length > 121)
                line = line.Replace("(", "(\n    ", StringComparison.Ordinal).Replace("): ", "\n  ): ",
                    StringComparison.Ordinal);
            text.Append(_summaries.For(method, "  ")).Append(line);
        }
        return text.Append("}\n").ToString();
    }

    private string TypeOf(Type type, NullabilityInfo? nullability)
    {
        var value = Nullable.GetUnderlyingType(type);
        var name = NameOf(value ?? type, nullability);
        var isNullable = value is not null
            || (!type.IsValueType && nullability?.ReadState == NullabilityState.Nullable);
        return isNullable && name != "unknown" ? name + " | null" : name;
    }

    private string NameOf(Type type, NullabilityInfo? nullability)
    {
        if (type == typeof(string)) return "string";
        if (type == typeof(bool)) return "boolean";
        if (type == typeof(int) || type == typeof(long)) return "number";
        if (type == typeof(RawJson)) return "unknown";
        if (type == typeof(DateTimeOffset))
            return Alias("Timestamp", "string",
                "/** RFC 3339 in UTC with microseconds: `2025-01-01T12:00:00.000000Z`. `new Date(text)` "
                    + "reads it. */\n");
        if (type == typeof(UserId) || type == typeof(MessageId) || type == typeof(ConversationId))
            return Alias(type.Name, "string", _summaries.For(type, ""));
        if (type.IsAssignableTo(typeof(IEnumerable)))
            return TypeOf(type.GenericTypeArguments[0], nullability?.GenericTypeArguments[0]) + "[]";
        if (_seen.Add(type)) Declare(type);
        return type.Name;
    }

    private string Alias(string name, string type, string summary)
    {
        _declared.TryAdd(name, $"{summary}export type {name} = {type};\n");
        return name;
    }

    private void Declare(Type type)
    {
        var summary = _summaries.For(type, "");
        if (type.IsEnum)
            _declared[type.Name] = $"{summary}export type {type.Name} = {string.Join(" | ", EnumValues(type))};\n";
        else if (type == typeof(ConversationEntry))
            _declared[type.Name] = $"{summary}export type {type.Name} =\n  | "
                + $"{string.Join("\n  | ", Entries.Select(Entry))};\n";
        else DeclareObject(type);
    }

    /// <summary>In the order in which the kinds are numbered.</summary>
    private static IEnumerable<Type> Entries => Enum.GetValues<EntryKind>().OrderBy(kind => (int)kind)
        .Select(kind =>
            typeof(ConversationEntry).Assembly.GetType($"{typeof(ConversationEntry).Namespace}.{kind}Entry")!);

    private string Entry(Type type)
    {
        if (_seen.Add(type)) DeclareObject(type);
        return type.Name;
    }

    private void DeclareObject(Type type)
    {
        var kind = typeof(ConversationEntry).IsAssignableFrom(type)
            ? JsonNamingPolicy.CamelCase.ConvertName(type.Name[..^"Entry".Length])
            : null;
        var text = new StringBuilder(_summaries.For(type, "")).Append($"export interface {type.Name} {{\n");
        if (kind is not null) text.Append($"  readonly kind: '{kind}';\n");
        var metadata = ChatJsonContext.Default.GetTypeInfo(type)
            ?? throw new InvalidOperationException($"{type.Name} is not in ChatJsonContext");
        var isCommand = type.Namespace!.EndsWith(".Commands", StringComparison.Ordinal);
        foreach (var json in metadata.Properties.Where(
            json => json.AttributeProvider is not null && json.Get is not null
                && !(kind is not null && json.Name == "kind")))
        {
            var property = (PropertyInfo)json.AttributeProvider!;
            var isOptional = isCommand && !property.IsDefined(typeof(RequiredMemberAttribute));
            text.Append(_summaries.For(property, "  "))
                .Append(
                    $"  {(isCommand ? "" : "readonly ")}{json.Name}{(isOptional ? "?" : "")}: "
                        + $"{TypeOf(property.PropertyType, Nullability.Create(property))};\n");
        }
        _declared[type.Name] = text.Append("}\n").ToString();
    }

    private static IEnumerable<string> EnumValues(Type type) => type.IsDefined(typeof(JsonConverterAttribute))
        ? type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(
                field => $"'{field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
                    ?? JsonNamingPolicy.CamelCase.ConvertName(field.Name)}'")
        : Enum.GetValues(type).Cast<object>().Select(value => $"{(int)value}");
}
