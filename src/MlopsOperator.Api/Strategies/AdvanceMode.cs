using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Strategies;

/// <summary>When an analysis lets a rollout go on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AdvanceMode>))]
public enum AdvanceMode
{
    /// <summary>Every required metric says Pass.</summary>
    Proved,

    /// <summary>The step's wait is over, nothing failed and no required metric lacks data; the outcome says Unproved.</summary>
    NotFailed,
}
