using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Routes;

/// <summary>What a revision is in a rollout.</summary>
[JsonConverter(typeof(BackendRoleConverter))]
public enum BackendRole
{
    /// <summary>What serves.</summary>
    Stable,

    /// <summary>What is being rolled out.</summary>
    Candidate,
}
