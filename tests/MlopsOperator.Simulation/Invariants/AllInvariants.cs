namespace MlopsOperator.Simulation.Invariants;

/// <summary>Every invariant, new for each run.</summary>
internal static class AllInvariants
{
    public static IReadOnlyList<IInvariant> Create() =>
    [
        new WeightsSumToTotal(),
        new RouteSequenceRises(),
        new WeightNeedsEndpoint(),
        new RouteFollowsRecord(),
        new PhaseFollowsGraph(),
        new OneUnfinishedRollout(),
        new RolloutNumbersRise(),
        new TakenBackNeverRises(),
        new RejectedNotRetried(),
        new WeightRisesByStep(),
        new ShrinksAfterTraffic(),
        new StableKeepsItsShare(),
        new PodTemplateNeverChanges(),
        new UserFieldsUntouched(),
        new OwnerExists(),
        new DeletesByUid(),
        new NamesDerived(),
        new SizesBounded(),
        new QuietWritesNothing(),
        new PromotionIsProved(),
        new PassHasData(),
        new ExposedWhileJudged(),
        new WritesWithinLease(),
        new HoldsByElapsedTime(),
        new EvidenceWithinServed(),
        new CountsMakeSense(),
        new NeededRevisionsKept(),
        new WaitsSayWhy(),
        new RaisedWeightHasReadyPods(),
        new RaisedWeightHasReplicas(),
    ];
}
