using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Deployments;

/// <summary>When the condition Ready of a ModelDeployment is True.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReadyWhen>))]
public enum ReadyWhen
{
    /// <summary>What this generation asks for serves all traffic.</summary>
    Promoted,

    /// <summary>Something serves, and the rollout was accepted.</summary>
    Serving,
}
