using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Chat.Tests.Unit.JavaScript;

/// <summary>The summaries of an assembly's documentation file, as JSDoc comments.</summary>
internal sealed partial class XmlSummaries
{
    private readonly Dictionary<string, string> _texts;

    private XmlSummaries(Dictionary<string, string> texts) => _texts = texts;

    public static XmlSummaries Of(Assembly assembly)
    {
        var members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member");
        var texts = new Dictionary<string, string>();
        foreach (var member in members)
        {
            var name = member.Attribute("name")!.Value;
            if (member.Element("summary") is { } summary) texts[name] = Inline(summary);
            if (!name.StartsWith("T:", StringComparison.Ordinal)) continue;
            foreach (var parameter in member.Elements("param"))
                texts[$"{name}#{parameter.Attribute("name")!.Value}"] = Inline(parameter);
        }
        return new XmlSummaries(texts);
    }

    public string For(MemberInfo member, string indent)
    {
        // A method is named with its parameters; none of the contracts has overloads.
        var name = member is Type type
            ? $"T:{type.FullName}"
            : $"{(member is MethodInfo ? "M" : "P")}:{member.DeclaringType!.FullName}.{member.Name}";
        var text = member is MethodInfo
            ? _texts.FirstOrDefault(
                entry => entry.Key == name || entry.Key.StartsWith(name + "(", StringComparison.Ordinal)).Value
            : _texts.GetValueOrDefault(name) ?? Parameter(member);
        return string.IsNullOrEmpty(text) ? "" : Comment(text, indent);
    }

    /// <summary>A JSDoc comment of lines of at most 120 columns.</summary>
    private static string Comment(string text, string indent)
    {
        const int columns = 120;
        if (indent.Length + text.Length + "/**  */".Length <= columns) return $"{indent}/** {text} */\n";
        var lines = new List<string> { $"{indent} *" };
        foreach (var word in text.Split(' '))
            if (lines[^1].Length + 1 + word.Length <= columns) lines[^1] += " " + word;
            else lines.Add($"{indent} * {word}");
        return $"{indent}/**\n{string.Join('\n', lines)}\n{indent} */\n";
    }

    /// <summary>A positional record documents its properties as parameters of the type.</summary>
    private string? Parameter(MemberInfo member) =>
        member is PropertyInfo ? _texts.GetValueOrDefault($"T:{member.DeclaringType!.FullName}#{member.Name}") : null;

    private static string Inline(XElement element)
    {
        var text = string.Concat(element.Nodes().Select(node => node switch
        {
            XText plain => plain.Value,
            XElement { Name.LocalName: "see" or "paramref" or "seealso" } see => $"`{NameOf(see)}`",
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement other => Inline(other),
            _ => "",
        }));
        return Spaces().Replace(text, " ").Trim();
    }

    private static string NameOf(XElement see)
    {
        var target = (see.Attribute("cref") ?? see.Attribute("langword") ?? see.Attribute("name"))!.Value;
        return target.Split('(')[0].Split('.')[^1].Split(':')[^1];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
