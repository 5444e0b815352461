using System.Text.Json.Nodes;

namespace MlopsOperator.Benchmarks.Inputs;

/// <summary>A running pod of a model server as an API server sends it, managedFields and all: about 8 KiB.</summary>
internal static class PodText
{
    private const string Revision = "6f9c1d2e";

    private static readonly Lazy<string> Json = new(() =>
    {
        using var text = new StreamReader(typeof(PodText).Assembly.GetManifestResourceStream("pod.json")!);
#pragma warning disable MA0045 // A resource is in memory: nothing blocks.
        return text.ReadToEnd();
#pragma warning restore MA0045
    });

    /// <summary>One of many pods that differ in what identifies them.</summary>
    public static JsonObject Pod(int number, int resourceVersion)
    {
        var pod = JsonNode.Parse(Json.Value)!.AsObject();
        var metadata = pod["metadata"]!;
        metadata["name"] = FormattableString.Invariant($"delays-{Revision}-7d9f8c6b5-{number:d5}");
        metadata["uid"] = FormattableString.Invariant($"00000000-0000-4000-8000-{number:d12}");
        metadata["resourceVersion"] = FormattableString.Invariant($"{resourceVersion}");
        return pod;
    }
}
