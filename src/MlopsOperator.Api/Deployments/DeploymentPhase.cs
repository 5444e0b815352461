using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Deployments;

/// <summary>State of a ModelDeployment in a word.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeploymentPhase>))]
public enum DeploymentPhase
{
    /// <summary>The first version is coming up.</summary>
    Pending,

    /// <summary>What is wanted serves.</summary>
    Serving,

    /// <summary>A rollout is under way.</summary>
    RollingOut,

    /// <summary>A person is needed; what served, serves on.</summary>
    Degraded,
}
