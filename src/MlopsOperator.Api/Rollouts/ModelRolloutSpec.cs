using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Api.Rollouts;

/// <summary>Frozen inputs of a rollout; only <c>released</c> may be set later.</summary>
[ValidationRule("has(self.baseline) == has(oldSelf.baseline)", "the inputs of a rollout are frozen; only released may be set later", FieldPath = ".baseline", Reason = "FieldValueForbidden")]
[ValidationRule("has(self.from) == has(oldSelf.from)", "the inputs of a rollout are frozen; only released may be set later", FieldPath = ".from", Reason = "FieldValueForbidden")]
public sealed record ModelRolloutSpec
{
    /// <summary>Name of the ModelDeployment.</summary>
    [ObjectName]
    [ValidationRule("self == oldSelf", "the inputs of a rollout are frozen; only released may be set later", Reason = "FieldValueForbidden")]
    public string Deployment { get; init; } = "";

    /// <summary>Number of the rollout; rises by one.</summary>
    [RangeMinimum(1)]
    [ValidationRule("self == oldSelf", "the inputs of a rollout are frozen; only released may be set later", Reason = "FieldValueForbidden")]
    public int Number { get; init; }

    /// <summary>First route sequence of this rollout: the predecessor's last + 1; 1 by default.</summary>
    [DefaultValue(1L)]
    [RangeMinimum(1)]
    [ValidationRule("self == oldSelf", "the inputs of a rollout are frozen; only released may be set later", Reason = "FieldValueForbidden")]
    public long FirstSequence { get; init; } = 1;

    /// <summary>Stable's history before the rollout.</summary>
    [ValidationRule("self == oldSelf", "the inputs of a rollout are frozen; only released may be set later", Reason = "FieldValueForbidden")]
    public BaselineEvidence? Baseline { get; init; }

    /// <summary>Set when another revision was wanted after this rollout rejected its own: it rejects no more; false by default.</summary>
    [DefaultValue(false)]
    [ValidationRule("self || !oldSelf", "a released rollout stays released", Reason = "FieldValueForbidden")]
    public bool Released { get; init; }

    /// <summary>The strategy, resolved and copied.</summary>
    [ValidationRule("self == oldSelf", "the inputs of a rollout are frozen; only released may be set later", Reason = "FieldValueForbidden")]
    public RolloutStrategySpec Strategy { get; init; } = new();

    /// <summary>What served; absent for a first version.</summary>
    [ValidationRule("self == oldSelf", "the inputs of a rollout are frozen; only released may be set later", Reason = "FieldValueForbidden")]
    public RolloutRevision? From { get; init; }

    /// <summary>What is rolled out.</summary>
    [ValidationRule("self == oldSelf", "the inputs of a rollout are frozen; only released may be set later", Reason = "FieldValueForbidden")]
    public RolloutRevision To { get; init; } = new();
}
