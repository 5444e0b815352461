using System.Reflection;
using System.Text;

namespace MlopsOperator.Architecture.Tests;

/// <summary>The analyzer ignores an entry that names nothing, without any diagnostic: so every entry must resolve.</summary>
public sealed class BannedSymbolTests
{
    private static readonly HashSet<string> Known = DocumentationIds();

    public static TheoryData<string> Entries()
    {
        var entries = Directory.GetFiles(Path.Combine(Repository.Root, "eng"), "BannedSymbols*.txt")
            .SelectMany(File.ReadAllLines)
            .Where(line => line.Length > 0)
            .Select(line => line.Split(';')[0])
            .Distinct(StringComparer.Ordinal);
        return [.. entries];
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void A_banned_symbol_exists(string entry) => Known.Should().Contain(entry);

    private static HashSet<string> DocumentationIds()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var assemblies = new[] { typeof(object).Assembly, typeof(Console).Assembly, typeof(System.Diagnostics.Stopwatch).Assembly, typeof(System.Timers.Timer).Assembly, typeof(Parallel).Assembly };
        foreach (var type in assemblies.Distinct().SelectMany(assembly => assembly.GetExportedTypes()))
        {
            var name = type.FullName!.Replace('+', '.');
            ids.Add("T:" + name);
            const BindingFlags all = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            ids.UnionWith(type.GetProperties(all).Select(property => $"P:{name}.{property.Name}"));
            ids.UnionWith(type.GetMethods(all).Select(method => $"M:{name}.{method.Name}{Arity(method)}{Parameters(method)}"));
            ids.UnionWith(type.GetConstructors(all).Select(constructor => $"M:{name}.#ctor{Parameters(constructor)}"));
        }

        return ids;
    }

    private static string Arity(MethodInfo method) => method.IsGenericMethodDefinition ? $"``{method.GetGenericArguments().Length}" : "";

    private static string Parameters(MethodBase method)
    {
        var parameters = method.GetParameters();
        return parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => Name(parameter.ParameterType)))})";
    }

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        }

        if (!type.IsGenericType)
        {
            return type.FullName ?? type.Name;
        }

        var text = new StringBuilder(type.GetGenericTypeDefinition().FullName!.Split('`')[0]);
        return text.Append('{').AppendJoin(',', type.GetGenericArguments().Select(Name)).Append('}').ToString();
    }
}
