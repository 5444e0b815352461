using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>OpenAPI v3, as far as kubectl reads it: full schemas of custom kinds, bare ones of built-in kinds.</summary>
internal sealed class OpenApiHandler(KindRegistry kinds)
{
    private const string ObjectMeta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    private static readonly string[] Roots = ["api", "api/v1", "apis", "version"];
    private static readonly string[] Parameters = ["dryRun", "fieldManager", "fieldValidation", "force"];

    public ApiResponse? Handle(ApiRequest request)
    {
        var path = request.Path.Trim('/');
        if (path is "openapi/v3")
        {
            return Index();
        }

        if (!path.StartsWith("openapi/v3/", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = path["openapi/v3/".Length..].Split('/');
        return parts switch
        {
            ["api", "v1"] => Document("", "v1"),
            ["apis", var group, var version] when kinds.Versions(group).Contains(version, StringComparer.Ordinal) => Document(group, version),
            ["api"] or ["apis"] or ["version"] => ApiResponse.Json(200, Empty()),
            ["apis", var group] when kinds.HasGroup(group) => ApiResponse.Json(200, Empty()),
            _ => new ApiResponse { Status = 404, ContentType = "text/plain; charset=utf-8" },
        };
    }

    private ApiResponse Index()
    {
        var paths = new JsonObject();
        foreach (var name in Roots.Concat(kinds.Groups.SelectMany(g => kinds.Versions(g).Select(v => $"apis/{g}/{v}").Prepend($"apis/{g}"))))
        {
            paths[name] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{name}?hash={Hash(name)}" };
        }

        return new ApiResponse { Status = 200, ContentType = "text/plain; charset=utf-8", Body = JsonBytes.Write(new JsonObject { ["paths"] = paths }) };
    }

    /// <summary>Changes with the kinds of a document, so that clients that cache by it read it anew.</summary>
    private string Hash(string name)
    {
        var text = new StringBuilder(name);
        foreach (var kind in kinds.All.Where(k => name.EndsWith(k.ApiVersion, StringComparison.Ordinal)))
        {
            text.Append(kind.Kind).Append(kind.Custom is { } custom ? JsonBytes.Text(custom.OpenApi) : "");
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static JsonObject Empty() => new()
    {
        ["openapi"] = "3.0.0",
        ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1.36.0" },
        ["paths"] = new JsonObject(),
        ["components"] = new JsonObject { ["schemas"] = new JsonObject() },
    };

    private ApiResponse Document(string group, string version)
    {
        var document = Empty();
        var paths = document.Map("paths")!;
        var schemas = document.Map("components", "schemas")!;
        schemas[ObjectMeta] = new JsonObject { ["type"] = "object", ["description"] = "Names, labels, annotations, owners of an object." };
        foreach (var kind in kinds.All.Where(k => string.Equals(k.Group, group, StringComparison.Ordinal) && string.Equals(k.Version, version, StringComparison.Ordinal)))
        {
            var root = group.Length == 0 ? $"/api/{version}" : $"/apis/{group}/{version}";
            var collection = kind.Namespaced ? $"{root}/namespaces/{{namespace}}/{kind.Plural}" : $"{root}/{kind.Plural}";
            paths[collection] = new JsonObject { ["get"] = Operation(kind, "list"), ["post"] = Operation(kind, "post") };
            paths[collection + "/{name}"] = new JsonObject
            {
                ["get"] = Operation(kind, "get"),
                ["put"] = Operation(kind, "put"),
                ["patch"] = Operation(kind, "patch"),
                ["delete"] = Operation(kind, "delete"),
            };
            schemas[SchemaName(kind)] = Schema(kind);
        }

        return ApiResponse.Json(200, document);
    }

    private static JsonObject Operation(ResourceKind kind, string action)
    {
        var operation = new JsonObject
        {
            ["x-kubernetes-action"] = action,
            ["x-kubernetes-group-version-kind"] = GroupVersionKind(kind),
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject
                {
                    ["description"] = "OK",
                    ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reference(SchemaName(kind)) } },
                },
            },
        };
        if (action is "post" or "put" or "patch")
        {
            operation["parameters"] = new JsonArray([.. Parameters.Select(name => new JsonObject
            {
                ["name"] = name,
                ["in"] = "query",
                ["schema"] = new JsonObject { ["type"] = name is "force" ? "boolean" : "string", ["uniqueItems"] = true },
            })]);
        }

        return operation;
    }

    private static JsonObject Schema(ResourceKind kind)
    {
        var schema = kind.Custom?.OpenApi.Copy() ?? new JsonObject { ["type"] = "object" };
        var properties = schema.Ensure("properties");
        properties.Default("apiVersion", new JsonObject { ["type"] = "string", ["description"] = "Version of the schema of this object." });
        properties.Default("kind", new JsonObject { ["type"] = "string", ["description"] = "Kind of this object." });
        properties["metadata"] = new JsonObject { ["allOf"] = new JsonArray(Reference(ObjectMeta)), ["description"] = "Standard object metadata." };
        schema["x-kubernetes-group-version-kind"] = new JsonArray(GroupVersionKind(kind));
        return schema;
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static JsonObject GroupVersionKind(ResourceKind kind) => new() { ["group"] = kind.Group, ["kind"] = kind.Kind, ["version"] = kind.Version };

    private static string SchemaName(ResourceKind kind) => kind.Group.Length == 0
        ? $"io.k8s.api.core.{kind.Version}.{kind.Kind}"
        : string.Join('.', kind.Group.Split('.').Reverse()) + $".{kind.Version}.{kind.Kind}";
}
