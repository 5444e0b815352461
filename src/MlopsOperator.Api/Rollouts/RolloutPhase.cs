using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Rollouts;

/// <summary>Phase of a rollout. The last four are final.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RolloutPhase>))]
public enum RolloutPhase
{
    /// <summary>Created; nothing has been made yet.</summary>
    Pending,

    /// <summary>The candidate's pods come up and are tested.</summary>
    Preparing,

    /// <summary>Traffic moves in steps.</summary>
    Progressing,

    /// <summary>The candidate takes all traffic.</summary>
    Promoting,

    /// <summary>The candidate is stable; the old revision stays ready.</summary>
    Baking,

    /// <summary>The old revision is drained and removed.</summary>
    Retiring,

    /// <summary>Stable takes all traffic back; the candidate is drained and removed.</summary>
    RollingBack,

    /// <summary>Final: the candidate is stable.</summary>
    Succeeded,

    /// <summary>Final: the candidate was taken back.</summary>
    RolledBack,

    /// <summary>Final: another revision was wanted meanwhile.</summary>
    Superseded,

    /// <summary>Final: a requirement was not met; nothing was made.</summary>
    Refused,
}
