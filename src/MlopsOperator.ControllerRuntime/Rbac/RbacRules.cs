using System.Reflection;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Rbac;

/// <summary>The rules of a role that grants what attributes ask for, and no more. The same types give the same rules, in the same order.</summary>
public static class RbacRules
{
    private static readonly Comparer<(string Group, string Resource)> OrdinalPairs = Comparer<(string Group, string Resource)>.Create(static (one, other) =>
        string.CompareOrdinal(one.Group, other.Group) is var groups and not 0 ? groups : string.CompareOrdinal(one.Resource, other.Resource));

    private static readonly RbacVerb[] Verbs = [RbacVerb.Get, RbacVerb.List, RbacVerb.Watch, RbacVerb.Create, RbacVerb.Update, RbacVerb.Patch, RbacVerb.Delete];

    /// <summary>The union of what all types of some assemblies ask for.</summary>
    /// <param name="assemblies">The operator's own, and <see cref="OfRuntime"/>'s if it publishes Events.</param>
    public static IReadOnlyList<V1PolicyRule> Of(params Assembly[] assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        return Of(assemblies.SelectMany(assembly => assembly.GetTypes()));
    }

    /// <summary>The runtime's own assembly: its recorder of Events asks for rights too.</summary>
    public static Assembly OfRuntime => typeof(RbacRules).Assembly;

    /// <summary>The union of what some types ask for: one rule for the resources of a group that have the same verbs, one for each set of verbs on paths.</summary>
    /// <param name="types">The types.</param>
    /// <exception cref="ArgumentException">An attribute asks for nothing.</exception>
    public static IReadOnlyList<V1PolicyRule> Of(IEnumerable<Type> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        var resources = new SortedDictionary<(string Group, string Resource), RbacVerb>(OrdinalPairs);
        var urls = new SortedDictionary<string, RbacVerb>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            foreach (var attribute in type.GetCustomAttributes<EntityRbacAttribute>(inherit: false))
            {
                Check(type, nameof(EntityRbacAttribute), attribute.Verbs, attribute.Entities.Count);
                foreach (var kind in attribute.Entities.Select(ResourceType.For))
                {
                    Add(resources, (kind.Group, attribute.Subresource is null ? kind.Plural : $"{kind.Plural}/{attribute.Subresource}"), attribute.Verbs);
                }
            }

            foreach (var attribute in type.GetCustomAttributes<GenericRbacAttribute>(inherit: false))
            {
                Check(type, nameof(GenericRbacAttribute), attribute.Verbs, (attribute.Groups.Length * attribute.Resources.Length) + attribute.Urls.Length);
                foreach (var place in attribute.Groups.SelectMany(group => attribute.Resources.Select(resource => (group, resource))))
                {
                    Add(resources, place, attribute.Verbs);
                }

                foreach (var url in attribute.Urls)
                {
                    Add(urls, url, attribute.Verbs);
                }
            }
        }

        return
        [
            .. resources.GroupBy(entry => (entry.Key.Group, entry.Value)).Select(group => new V1PolicyRule
            {
                ApiGroups = [group.Key.Group],
                Resources = [.. group.Select(entry => entry.Key.Resource)],
                Verbs = Names(group.Key.Value),
            }),
            .. urls.GroupBy(entry => entry.Value).Select(group => new V1PolicyRule
            {
                NonResourceURLs = [.. group.Select(entry => entry.Key)],
                Verbs = Names(group.Key),
            }),
        ];
    }

    private static void Check(Type type, string attribute, RbacVerb verbs, int places)
    {
        if (verbs == RbacVerb.None || places == 0)
        {
            throw new ArgumentException($"[{attribute[..^"Attribute".Length]}] of {type.FullName} asks for nothing: name verbs, and kinds, resources of groups or URLs.");
        }
    }

    private static void Add<TKey>(SortedDictionary<TKey, RbacVerb> rights, TKey place, RbacVerb verbs)
        where TKey : notnull =>
        rights[place] = rights.GetValueOrDefault(place) | verbs;

    private static List<string> Names(RbacVerb verbs) => [.. Verbs.Where(verb => verbs.HasFlag(verb)).Select(verb => verb.ToString().ToLowerInvariant())];
}
