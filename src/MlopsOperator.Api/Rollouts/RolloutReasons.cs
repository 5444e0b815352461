namespace MlopsOperator.Api.Rollouts;

/// <summary>Reasons of rollouts: outcomes of final phases, and names of holds.</summary>
public static class RolloutReasons
{
    /// <summary>Succeeded: the first version.</summary>
    public const string Initial = nameof(Initial);

    /// <summary>Succeeded: every required metric said Pass.</summary>
    public const string Proved = nameof(Proved);

    /// <summary>Succeeded: nothing failed, but not everything was proved.</summary>
    public const string Unproved = nameof(Unproved);

    /// <summary>Succeeded: a person promoted it.</summary>
    public const string Forced = nameof(Forced);

    /// <summary>Succeeded: adopted while nothing was wanted to run.</summary>
    public const string AdoptedIdle = nameof(AdoptedIdle);

    /// <summary>RolledBack: a metric said Fail.</summary>
    public const string Failed = nameof(Failed);

    /// <summary>RolledBack: a golden request got a wrong answer.</summary>
    public const string TestFailed = nameof(TestFailed);

    /// <summary>RolledBack: a person aborted it.</summary>
    public const string Aborted = nameof(Aborted);

    /// <summary>RolledBack: the spec asked for stable again.</summary>
    public const string Reverted = nameof(Reverted);

    /// <summary>RolledBack: the candidate did not become ready in time.</summary>
    public const string DeadlineExceeded = nameof(DeadlineExceeded);

    /// <summary>Superseded: another revision was wanted meanwhile.</summary>
    public const string Superseded = nameof(Superseded);

    /// <summary>Hold: a person paused it.</summary>
    public const string UserHold = "User";

    /// <summary>Hold: a step needs a person's approval.</summary>
    public const string ApprovalHold = "Approval";

    /// <summary>Hold: a required metric has had no data for too long.</summary>
    public const string EvidenceMissingHold = "EvidenceMissing";

    /// <summary>Hold: no gateway has confirmed the route.</summary>
    public const string RouteNotAcknowledgedHold = "RouteNotAcknowledged";

    /// <summary>Hold: pods are unschedulable or lost.</summary>
    public const string CapacityHold = "Capacity";

    /// <summary>Hold: another writer fights for what we own.</summary>
    public const string ContestedHold = "Contested";
}
