namespace MlopsOperator.Api.Conditions;

/// <summary>Types of conditions, as tools read them. <see cref="Reconciling"/> and <see cref="Stalled"/> are present only while True.</summary>
public static class ConditionTypes
{
    /// <summary>Traffic can be served; never False because of a rollout.</summary>
    public const string Available = nameof(Available);

    /// <summary>What this generation asks for is so.</summary>
    public const string Ready = nameof(Ready);

    /// <summary>Work is under way (kstatus: InProgress).</summary>
    public const string Reconciling = nameof(Reconciling);

    /// <summary>No progress without a person (kstatus: Failed).</summary>
    public const string Stalled = nameof(Stalled);

    /// <summary>A rollout moves; the reason is its phase or hold.</summary>
    public const string Progressing = nameof(Progressing);

    /// <summary>The rollout waits for a person.</summary>
    public const string Paused = nameof(Paused);

    /// <summary>Another, older deployment owns the host and path.</summary>
    public const string HostConflict = nameof(HostConflict);

    /// <summary>Another writer changed what we own three times in five minutes.</summary>
    public const string Contested = nameof(Contested);

    /// <summary>No gateway has confirmed the route.</summary>
    public const string RouteNotAcknowledged = nameof(RouteNotAcknowledged);

    /// <summary>A required metric has had no data for too long.</summary>
    public const string EvidenceMissing = nameof(EvidenceMissing);

    /// <summary>ModelRollout: verdicts of the required metrics.</summary>
    public const string Analyzed = nameof(Analyzed);

    /// <summary>ModelRollout: the candidate has become stable.</summary>
    public const string Promoted = nameof(Promoted);

    /// <summary>ModelRollout: the candidate was taken back.</summary>
    public const string RolledBack = nameof(RolledBack);
}
