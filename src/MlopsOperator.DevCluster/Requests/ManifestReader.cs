using System.Text;
using System.Text.Json;
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
        CheckSize(request);
        switch (request.ContentType.Split(';')[0].Trim())
        {
            case "application/json" or "":
                break;
            case "application/yaml":
                return ReadYaml(request);
            case "application/vnd.kubernetes.protobuf":
                throw Statuses.UnsupportedMediaType("this embedded cluster reads JSON and YAML, not protobuf: write a manifest and use kubectl create -f or kubectl apply -f");
            default:
                throw Statuses.UnsupportedMediaType("the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf");
        }

        try
        {
            return JsonBytes.ParseObject(request.Body);
        }
        catch (JsonException e)
        {
            var text = request.Body.Length == 0 ? "<empty>" : Encoding.UTF8.GetString(request.Body.Span[..Math.Min(request.Body.Length, 200)]);
            throw Statuses.BadRequest($"the object provided is unrecognized (must be of type {kind.Kind}): couldn't get version/kind; json parse error: {e.Message} ({text})");
        }
    }

    /// <summary>Reads YAML, of which JSON is a part but for escaped halves of a character.</summary>
    public static JsonObject ReadYaml(ApiRequest request)
    {
        CheckSize(request);
        try
        {
            var text = Encoding.UTF8.GetString(request.Body.Span);
            if (SurrogateEscapes.AreIn(request.Body.Span))
            {
                YamlDocuments.CheckEscapes(text);
            }

            return request.Body.Span.TrimStart(" \r\n\t"u8) is [(byte)'{', ..]
                ? JsonBytes.ParseObject(request.Body)
                : (YamlDocuments.Parse(text) is [var first, ..] ? first : []);
        }
        catch (Exception e) when (e is JsonException or YamlDotNet.Core.YamlException)
        {
            throw Statuses.BadRequest($"error decoding YAML: {e.Message}");
        }
    }

    private static void CheckSize(ApiRequest request)
    {
        if (request.Body.Length > MaximumBytes)
        {
            throw new StatusException(new ApiStatus(413, "RequestEntityTooLarge", $"Request entity too large: limit is {MaximumBytes}"));
        }
    }
}
