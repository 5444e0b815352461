using System.Text.Json.Nodes;

namespace MlopsOperator.Api.Tests.Manifests;

/// <summary>
/// A manifest and what is said of it. The files are one table for three readers: the rules in C#, DevCluster, and a real API server.
/// <list type="bullet">
/// <item><c>admission</c>: Accepted, RefusedBySchema or RefusedByCel: what an API server with the CRDs of this project says to a create, or,
/// where there is a <c>before</c>, to an update of it.</item>
/// <item><c>admissionWords</c>: what its message must contain.</item>
/// <item><c>rules</c>: Accepted, Refused, Unreadable (a value of the wrong type) or NotAsked (only an update shows it).</item>
/// <item><c>problems</c>: every problem that the rules report, in order: field, and words that its text must contain.</item>
/// </list>
/// </summary>
internal sealed class ManifestCase(string name, JsonObject content)
{
    public string Name => name;

    public string Admission => content["admission"]!.GetValue<string>();

    public IReadOnlyList<string> AdmissionWords => Texts(content["admissionWords"]);

    public string Rules => content["rules"]!.GetValue<string>();

    public IReadOnlyList<(string Field, IReadOnlyList<string> Words)> Problems =>
        [.. (content["problems"] as JsonArray ?? []).Select(problem => (problem!["field"]!.GetValue<string>(), Texts(problem["words"])))];

    public JsonObject? Before => content["before"] as JsonObject;

    public JsonObject Manifest => (JsonObject)content["manifest"]!;

    public static TheoryData<string> All { get; } =
    [
        .. Directory.GetFiles(RepositoryFolder.Manifests, "*.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryFolder.Manifests, file)[..^".yaml".Length].Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static async Task<ManifestCase> ReadAsync(string name, CancellationToken cancellation) =>
        new(name, YamlJson.Read(await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Manifests, name + ".yaml"), cancellation)).Single());

    private static List<string> Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(text => text!.GetValue<string>())];
}
