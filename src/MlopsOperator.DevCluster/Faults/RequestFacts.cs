using System.Text.Json;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster.Faults;

/// <summary>A request in the words of faults: verb, resource, name, client.</summary>
internal sealed class RequestFacts
{
    public const string Watch = "watch";
    public const string Write = "write";

    private readonly ApiRequest request;
    // Most requests meet no fault: what nobody asks for is not worked out.
    private readonly Lazy<ResourceTarget?> target;
    private readonly Lazy<string?> name;

    public RequestFacts(ApiRequest request, KindRegistry kinds)
    {
        this.request = request;
        target = new Lazy<ResourceTarget?>(() => TargetOf(request, kinds));
        name = new Lazy<string?>(() => Target?.Name ?? (request.Method is "POST" ? NameIn(request.Body) : null));
    }

    public static IReadOnlyList<string> Verbs { get; } = ["get", "list", Watch, "create", "update", "patch", "apply", "delete", "deletecollection", Write];

    /// <summary>What the path names; null for discovery and other paths of no resource.</summary>
    public ResourceTarget? Target => target.Value;

    /// <summary>The name of the path, or of the object that is to be created.</summary>
    public string? Name => name.Value;

    /// <summary>The client, as its User-Agent says.</summary>
    public string UserAgent => request.UserAgent;

    public bool IsWrite => request.Method is "POST" or "PUT" or "PATCH" or "DELETE";

    /// <summary>Whether a client goes by a name: its User-Agent, whole or up to the first slash.</summary>
    public static bool IsClient(string userAgent, string? wanted) =>
        wanted is null || string.Equals(wanted, userAgent, StringComparison.Ordinal) || string.Equals(wanted, Managers.Of(userAgent), StringComparison.Ordinal);

    public bool HasVerb(string wanted) => request.Method switch
    {
        _ when wanted is Write => IsWrite,
        "GET" when Target is { Name: null } && request.Flag(Watch) => wanted is Watch,
        "GET" => string.Equals(wanted, Target is { Name: null } ? "list" : "get", StringComparison.Ordinal),
        "POST" => wanted is "create",
        "PUT" => wanted is "update",
        "PATCH" => wanted is "patch" || (wanted is "apply" && request.ContentType.StartsWith("application/apply-patch", StringComparison.Ordinal)),
        "DELETE" => string.Equals(wanted, Target is { Name: null } ? "deletecollection" : "delete", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>Whether the request is of a client by its User-Agent or its field manager.</summary>
    public bool IsOf(string manager) => IsClient(UserAgent, manager) || string.Equals(request.Option("fieldManager"), manager, StringComparison.Ordinal);

    public override string ToString() => $"{request.Method} {request.Path} of {Managers.Of(request.UserAgent)}";

    private static ResourceTarget? TargetOf(ApiRequest request, KindRegistry kinds)
    {
        try
        {
            return ResourceTarget.Parse(request.Path, kinds);
        }
        catch (StatusException)
        {
            // The server will say so.
            return null;
        }
    }

    private static string? NameIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("metadata", out var metadata) && metadata.ValueKind is JsonValueKind.Object
                && metadata.TryGetProperty("name", out var found) && found.ValueKind is JsonValueKind.String
                ? found.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
