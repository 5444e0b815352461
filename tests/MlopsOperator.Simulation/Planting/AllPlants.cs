namespace MlopsOperator.Simulation.Planting;

/// <summary>Every planted bug, by name.</summary>
internal static class AllPlants
{
    private static readonly SortedDictionary<string, Func<IPlant>> Plants = new(StringComparer.Ordinal)
    {
        [nameof(DeletedByName)] = () => new DeletedByName(),
        [nameof(FinalPhaseReopened)] = () => new FinalPhaseReopened(),
        [nameof(FloorNamedByHabit)] = () => new FloorNamedByHabit(),
        [nameof(LeaseIgnored)] = () => new LeaseIgnored(),
        [nameof(NumberUsedAgain)] = () => new NumberUsedAgain(),
        [nameof(OldRecordResent)] = () => new OldRecordResent(),
        [nameof(OwnerWithOtherUid)] = () => new OwnerWithOtherUid(),
        [nameof(PromotedUnproved)] = () => new PromotedUnproved(),
        [nameof(RandomSuffix)] = () => new RandomSuffix(),
        [nameof(RejectedTriedAgain)] = () => new RejectedTriedAgain(),
        [nameof(ReplicasOverwritten)] = () => new ReplicasOverwritten(),
        [nameof(RouteBeforeRecord)] = () => new RouteBeforeRecord(),
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
        [nameof(WeightWithoutEndpoint)] = () => new WeightWithoutEndpoint(),
        [nameof(ZeroWeightOmitted)] = () => new ZeroWeightOmitted(),
    };

    public static IEnumerable<string> Names => Plants.Keys;

    /// <summary>A new one: a planted bug belongs to one run.</summary>
    public static IPlant Create(string name) => Plants[name]();
}
