using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>Reads the body of a write.</summary>
internal static class ManifestReader
{
    /// <summary>Bodies above this are refused, as real servers do.</summary>
    public const int MaximumBytes = 3 * 1024 * 1024;

    public static JsonObject Read(ApiRequest request, ResourceKind kind)
    {
        if (request.Body.Length > MaximumBytes)
        {
            throw new StatusException(new ApiStatus(413, "RequestEntityTooLarge", $"Request entity too large: limit is {MaximumBytes}"));
        }

        return JsonBytes.ParseObject(request.Body);
    }
}
