using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Models;

/// <summary>Protocol that a model server speaks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InferenceProtocol>))]
public enum InferenceProtocol
{
    /// <summary>Open Inference Protocol v2 over REST.</summary>
    OpenInferenceV2,
}
