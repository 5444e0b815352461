namespace MlopsOperator.Simulation.Planting;

/// <summary>Every planted bug, by name.</summary>
internal static class AllPlants
{
    private static readonly SortedDictionary<string, Func<IPlant>> Plants = new(StringComparer.Ordinal)
    {
        [nameof(CountedTwice)] = () => new CountedTwice(),
        [nameof(DeletedByName)] = () => new DeletedByName(),
        [nameof(FinalPhaseReopened)] = () => new FinalPhaseReopened(),
        [nameof(FloorNamedByHabit)] = () => new FloorNamedByHabit(),
        [nameof(HoldByWallClock)] = () => new HoldByWallClock(),
        [nameof(LeaseIgnored)] = () => new LeaseIgnored(),
        [nameof(NegativeCount)] = () => new NegativeCount(),
        [nameof(NumberUsedAgain)] = () => new NumberUsedAgain(),
        [nameof(OldRecordResent)] = () => new OldRecordResent(),
        [nameof(OwnerWithOtherUid)] = () => new OwnerWithOtherUid(),
        [nameof(PromotedUnproved)] = () => new PromotedUnproved(),
        [nameof(RaisedWithoutPods)] = () => new RaisedWithoutPods(),
        [nameof(RandomSuffix)] = () => new RandomSuffix(),
        [nameof(RejectedTriedAgain)] = () => new RejectedTriedAgain(),
        [nameof(ReplicasOverwritten)] = () => new ReplicasOverwritten(),
        [nameof(RouteBeforeRecord)] = () => new RouteBeforeRecord(),
        [nameof(RoutedWithoutPods)] = () => new RoutedWithoutPods(),
        [nameof(SecondRollout)] = () => new SecondRollout(),
        [nameof(SequenceGoesBack)] = () => new SequenceGoesBack(),
        [nameof(ShrunkBeforeAcknowledgement)] = () => new ShrunkBeforeAcknowledgement(),
        [nameof(StatusTicks)] = () => new StatusTicks(),
        [nameof(StepSkipped)] = () => new StepSkipped(),
        [nameof(TakenBackGetsMore)] = () => new TakenBackGetsMore(),
        [nameof(TemplateFollowsReplicas)] = () => new TemplateFollowsReplicas(),
        [nameof(UnitLostByRounding)] = () => new UnitLostByRounding(),
        [nameof(UnknownIsPass)] = () => new UnknownIsPass(),
        [nameof(UserLabelWritten)] = () => new UserLabelWritten(),
        [nameof(WaitUnexplained)] = () => new WaitUnexplained(),
        [nameof(WayBackPruned)] = () => new WayBackPruned(),
        [nameof(WeightWithoutEndpoint)] = () => new WeightWithoutEndpoint(),
        [nameof(WriteAfterLease)] = () => new WriteAfterLease(),
        [nameof(ZeroWeightOmitted)] = () => new ZeroWeightOmitted(),
    };

    public static IEnumerable<string> Names => Plants.Keys;

    /// <summary>A new one: a planted bug belongs to one run.</summary>
    public static IPlant Create(string name) => Plants[name]();
}
