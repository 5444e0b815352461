using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>What is served: groups, versions, resources, and the server's own paths.</summary>
internal sealed class DiscoveryHandler(KindRegistry kinds)
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static readonly string[] BuiltInVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly string[] CustomVerbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
    private static readonly string[] StatusVerbs = ["get", "patch", "update"];

    /// <summary>Null if the path is none of discovery.</summary>
    public ApiResponse? Handle(ApiRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var aggregates = request.Accept.StartsWith(Aggregated, StringComparison.Ordinal);
        return parts switch
        {
            [] => ApiResponse.Json(200, new JsonObject { ["paths"] = Strings(Paths()) }),
            ["healthz" or "livez"] => ApiResponse.Text(200, "ok"),
            ["readyz"] => ApiResponse.Text(200, request.Query.ContainsKey("verbose") ? "[+]ping ok\nreadyz check passed\n" : "ok"),
            ["version"] => ApiResponse.Json(200, Version()),
            ["api"] => aggregates ? Aggregate([""]) : ApiResponse.Json(200, Versions()),
            ["apis"] => aggregates ? Aggregate(kinds.Groups) : ApiResponse.Json(200, Groups()),
            ["api", "v1"] => ApiResponse.Json(200, Resources("", "v1")),
            ["apis", var group] when kinds.HasGroup(group) => ApiResponse.Json(200, Group(group, withKind: true)),
            ["apis", var group, var version] when kinds.HasGroup(group) => kinds.Versions(group).Contains(version, StringComparer.Ordinal)
                ? ApiResponse.Json(200, Resources(group, version))
                : throw Statuses.NoSuchResource(),
            _ => null,
        };
    }

    private List<string> Paths() =>
    [
        "/api", "/api/v1", "/apis", .. kinds.Groups.SelectMany(g => kinds.Versions(g).Select(v => $"/apis/{g}/{v}").Prepend($"/apis/{g}")),
        "/healthz", "/livez", "/openapi/v3", "/readyz", "/version",
    ];

    private static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "36",
        ["gitVersion"] = "v1.36.0+devcluster",
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "none",
        ["compiler"] = "dotnet",
        ["platform"] = "linux/embedded",
    };

    private static JsonObject Versions() => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = "127.0.0.1" }),
    };

    private JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. kinds.Groups.Select(group => Group(group, withKind: false))]),
    };

    private JsonObject Group(string group, bool withKind)
    {
        var versions = kinds.Versions(group).Select(v => new JsonObject { ["groupVersion"] = $"{group}/{v}", ["version"] = v }).ToList();
        var json = new JsonObject();
        if (withKind)
        {
            json["kind"] = "APIGroup";
            json["apiVersion"] = "v1";
        }

        json["name"] = group;
        json["preferredVersion"] = versions[0].DeepClone();
        json["versions"] = new JsonArray([.. versions]);
        return json;
    }

    private JsonObject Resources(string group, string version)
    {
        var list = new JsonObject { ["kind"] = "APIResourceList", ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}" };
        if (group.Length > 0)
        {
            list["apiVersion"] = "v1";
        }

        list["resources"] = new JsonArray([.. Of(group, version).SelectMany(Entries)]);
        return list;
    }

    private IEnumerable<ResourceKind> Of(string group, string version) => kinds.All
        .Where(k => string.Equals(k.Group, group, StringComparison.Ordinal) && string.Equals(k.Version, version, StringComparison.Ordinal))
        .OrderBy(k => k.Plural, StringComparer.Ordinal);

    private static IEnumerable<JsonObject> Entries(ResourceKind kind)
    {
        var entry = new JsonObject { ["name"] = kind.Plural, ["singularName"] = kind.Singular, ["namespaced"] = kind.Namespaced, ["kind"] = kind.Kind, ["verbs"] = Strings(Verbs(kind)) };
        AddNames(entry, kind);
        if (!kind.IsReview)
        {
            entry["storageVersionHash"] = StorageHash(kind);
        }

        yield return entry;
        foreach (var sub in Subresources(kind))
        {
            var json = new JsonObject { ["name"] = $"{kind.Plural}/{sub.Name}", ["singularName"] = "", ["namespaced"] = kind.Namespaced };
            if (!string.Equals(sub.Group, kind.Group, StringComparison.Ordinal))
            {
                json["group"] = sub.Group;
                json["version"] = sub.Version;
            }

            json["kind"] = sub.Kind;
            json["verbs"] = Strings(sub.Verbs);
            yield return json;
        }
    }

    private static IEnumerable<Subresource> Subresources(ResourceKind kind)
    {
        var all = kind.HasStatus ? kind.Subresources.Append(new Subresource("status", kind.Group, kind.Version, kind.Kind, StatusVerbs)) : kind.Subresources;
        return kind.Custom is null ? all.OrderBy(s => s.Name, StringComparer.Ordinal) : all.OrderByDescending(s => s.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Verbs(ResourceKind kind) =>
        kind.IsReview ? ["create"] : kind.Custom is not null ? CustomVerbs : BuiltInVerbs.Where(v => kind.AllowsDeleteCollection || v is not "deletecollection");

    private static void AddNames(JsonObject json, ResourceKind kind)
    {
        if (kind.ShortNames.Count > 0)
        {
            json["shortNames"] = Strings(kind.ShortNames);
        }

        if (kind.Categories.Count > 0)
        {
            json["categories"] = Strings(kind.Categories);
        }
    }

    private static string StorageHash(ResourceKind kind)
    {
        var group = kind.Kind is "Event" ? "" : kind.Group;

        // Definitions are stored as they first were, autoscalers in their second version.
        var version = kind.Kind switch { "CustomResourceDefinition" => "v1beta1", "HorizontalPodAutoscaler" => "v2", _ => kind.Version };
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{group}/{version}/{kind.Kind}"))[..8]);
    }

    private ApiResponse Aggregate(IEnumerable<string> groups)
    {
        var items = groups.Select(group => new JsonObject
        {
            ["metadata"] = group.Length == 0 ? new JsonObject() : new JsonObject { ["name"] = group },
            ["versions"] = new JsonArray([.. kinds.Versions(group).Select(version => new JsonObject
            {
                ["version"] = version,
                ["resources"] = new JsonArray([.. Of(group, version).Select(AggregatedEntry)]),
                ["freshness"] = "Current",
            })]),
        });
        var list = new JsonObject { ["kind"] = "APIGroupDiscoveryList", ["apiVersion"] = "apidiscovery.k8s.io/v2", ["metadata"] = new JsonObject(), ["items"] = new JsonArray([.. items]) };
        return ApiResponse.Json(200, list, contentType: Aggregated);
    }

    private static JsonObject AggregatedEntry(ResourceKind kind)
    {
        var entry = new JsonObject
        {
            ["resource"] = kind.Plural,
            ["responseKind"] = KindOf("", "", kind),
            ["scope"] = kind.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = kind.Singular,
            ["verbs"] = Strings(Verbs(kind)),
        };
        AddNames(entry, kind);
        var subresources = Subresources(kind).Select(sub => new JsonObject
        {
            ["subresource"] = sub.Name,
            ["responseKind"] = string.Equals(sub.Group, kind.Group, StringComparison.Ordinal) ? KindOf("", "", sub.Kind) : KindOf(sub.Group, sub.Version, sub.Kind),
            ["verbs"] = Strings(sub.Verbs),
        }).ToList();
        if (subresources.Count > 0)
        {
            entry["subresources"] = new JsonArray([.. subresources]);
        }

        return entry;
    }

    private static JsonObject KindOf(string group, string version, ResourceKind kind) =>
        kind.Custom is null ? KindOf(group, version, kind.Kind) : KindOf(kind.Group, kind.Version, kind.Kind);

    private static JsonObject KindOf(string group, string version, string kind) => new() { ["group"] = group, ["version"] = version, ["kind"] = kind };

    private static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(v => JsonValue.Create(v))];
}
