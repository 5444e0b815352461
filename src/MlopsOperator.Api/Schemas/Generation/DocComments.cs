using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MlopsOperator.Api.Schemas.Generation;

/// <summary>The <c>summary</c> texts of an assembly's XML documentation, as plain sentences.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, string> summaries;

    private DocComments(Dictionary<string, string> summaries) => this.summaries = summaries;

    /// <summary>No descriptions.</summary>
    public static DocComments None { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Reads the documentation file that the compiler writes beside an assembly.</summary>
    /// <param name="path">Path of the XML file.</param>
    /// <returns>The summaries.</returns>
    public static DocComments Load(string path)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in XDocument.Load(path).Descendants("member"))
        {
            if (member.Attribute("name")?.Value is { } name && member.Element("summary") is { } summary)
            {
                found[name] = Plain(summary);
            }
        }

        return new DocComments(found);
    }

    /// <summary>Summary of a type; null when there is none.</summary>
    public string? Of(Type type) => summaries.GetValueOrDefault($"T:{type.FullName}");

    /// <summary>Summary of a property; null when there is none.</summary>
    public string? Of(PropertyInfo property) => summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private static string Plain(XElement summary)
    {
        var text = new StringBuilder();
        foreach (var node in summary.Nodes())
        {
            text.Append(node switch
            {
                XElement element when element.Attribute("cref") is { } cref => Named(cref.Value),
                XElement element when element.Attribute("langword") is { } word => word.Value,
                XElement element => element.Value,
                XText plain => plain.Value,
                _ => "",
            });
        }

        return WhiteSpace().Replace(text.ToString(), " ").Trim();
    }

    // A reader of `kubectl explain` knows fields by their JSON names.
    private static string Named(string cref)
    {
        var name = cref[(cref.LastIndexOf('.') + 1)..];
        return cref.StartsWith("P:", StringComparison.Ordinal) ? JsonNamingPolicy.CamelCase.ConvertName(name) : name;
    }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex WhiteSpace();
}
