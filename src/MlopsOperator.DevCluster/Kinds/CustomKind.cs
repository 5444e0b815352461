using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>What a CustomResourceDefinition says beyond names and schema.</summary>
/// <param name="Definition">Name of the definition.</param>
/// <param name="Columns">Printer columns of the version.</param>
/// <param name="SelectableFields">Paths such as spec.model.</param>
/// <param name="OpenApi">The schema as written.</param>
/// <param name="Terminating">Whether the definition is being deleted: nothing can be created.</param>
internal sealed record CustomKind(
    string Definition,
    IReadOnlyList<JsonObject> Columns,
    IReadOnlyList<string> SelectableFields,
    JsonObject OpenApi,
    bool Terminating);
