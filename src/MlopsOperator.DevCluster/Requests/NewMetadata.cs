using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>What the server writes into the metadata of a new object.</summary>
internal static class NewMetadata
{
    /// <summary>Longest prefix of a generated name.</summary>
    private const int MaximumPrefix = 58;

    public static void Fill(WriteContext context, JsonObject content, JsonObject metadata, RandomValues random, string now)
    {
        var kind = context.Kind;
        content.Default("apiVersion", kind.ApiVersion);
        content.Default("kind", kind.Kind);
        if (!metadata["resourceVersion"].IsEmptyText())
        {
            throw Statuses.Internal("resourceVersion should not be set on objects to be created");
        }

        foreach (var field in new[] { "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "resourceVersion" })
        {
            metadata.Remove(field);
        }

        metadata.Remove("namespace");
        if (kind.Namespaced)
        {
            metadata["namespace"] = context.Target.Namespace;
        }

        if (metadata["name"].IsEmptyText() && metadata.Text("generateName") is { Length: > 0 } prefix)
        {
            metadata["name"] = (prefix.Length > MaximumPrefix ? prefix[..MaximumPrefix] : prefix) + random.Suffix();
        }

        metadata["uid"] = random.Uid();
        metadata["creationTimestamp"] = now;
        if (kind.CountsGenerations)
        {
            metadata["generation"] = 1;
        }
    }
}
