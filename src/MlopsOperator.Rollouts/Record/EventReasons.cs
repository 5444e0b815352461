namespace MlopsOperator.Rollouts.Record;

/// <summary>Reasons of events and history entries that the engine writes.</summary>
public static class EventReasons
{
    /// <summary>The rollout was decided on for the first time.</summary>
    public const string RolloutStarted = nameof(RolloutStarted);

    /// <summary>A step was over.</summary>
    public const string StepCompleted = nameof(StepCompleted);

    /// <summary>The candidate's weight rose.</summary>
    public const string WeightRaised = nameof(WeightRaised);

    /// <summary>The candidate's weight fell.</summary>
    public const string WeightLowered = nameof(WeightLowered);

    /// <summary>The route leads to the first version.</summary>
    public const string RouteCreated = nameof(RouteCreated);

    /// <summary>Stable had no ready endpoint for two minutes; the candidate took its traffic.</summary>
    public const string Rescued = nameof(Rescued);

    /// <summary>No pods are wanted: the candidate is adopted without traffic.</summary>
    public const string AdoptedIdle = nameof(AdoptedIdle);

    /// <summary>Stable was flipped to the candidate.</summary>
    public const string Promoted = nameof(Promoted);

    /// <summary>Another revision was wanted while baking.</summary>
    public const string BakeEnded = nameof(BakeEnded);

    /// <summary>The candidate is being taken back.</summary>
    public const string RollingBack = nameof(RollingBack);

    /// <summary>A first version failed; its pods are kept for a look.</summary>
    public const string FirstVersionStalled = nameof(FirstVersionStalled);

    /// <summary>The end: the candidate is stable.</summary>
    public const string RolloutSucceeded = nameof(RolloutSucceeded);

    /// <summary>The end: the candidate was taken back.</summary>
    public const string RolloutRolledBack = nameof(RolloutRolledBack);

    /// <summary>The end: another revision was wanted.</summary>
    public const string RolloutSuperseded = nameof(RolloutSuperseded);

    /// <summary>A hold was set.</summary>
    public const string Held = nameof(Held);

    /// <summary>A hold was cleared.</summary>
    public const string HoldCleared = nameof(HoldCleared);

    /// <summary>A person asked for something, and it was done.</summary>
    public const string RequestHonoured = nameof(RequestHonoured);

    /// <summary>A person asked for something, and it was not done.</summary>
    public const string RequestRefused = nameof(RequestRefused);

    /// <summary>Gateways gave the candidate no requests, as nobody judged it.</summary>
    public const string ExposureLapsed = nameof(ExposureLapsed);

    /// <summary>Golden requests were answered.</summary>
    public const string TestsAnswered = nameof(TestsAnswered);

    /// <summary>The traffic that had to go was confirmed gone.</summary>
    public const string TrafficRemoved = nameof(TrafficRemoved);
}
