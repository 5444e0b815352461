using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Requests;

/// <summary>What is asked, by whom and why. Immutable: create another request to ask again.</summary>
[ValidationRule("self == oldSelf", "the spec of a RolloutRequest cannot be changed; create another RolloutRequest to ask for something else", Reason = "FieldValueForbidden")]
[ValidationRule("has(self.rollout) || !(self.action in ['Promote', 'Approve', 'Retry'])", "Promote, Approve and Retry are for one rollout: expected its name and uid", FieldPath = ".rollout", Reason = "FieldValueRequired")]
[ValidationRule("has(self.step) || !(self.action == 'Approve' || (self.action == 'Promote' && !self.full))", "Approve, and Promote without full, are for one step: expected its number", FieldPath = ".step", Reason = "FieldValueRequired")]
[ValidationRule("!self.full || self.action == 'Promote'", "only Promote can be full", FieldPath = ".full")]
[ValidationRule("!self.force || self.action == 'Promote'", "only Promote can be forced", FieldPath = ".force")]
public sealed record RolloutRequestSpec
{
    /// <summary>Name of the ModelDeployment.</summary>
    [ObjectName]
    public string Deployment { get; init; } = "";

    /// <summary>Abort, Pause, Resume, Promote, Approve or Retry.</summary>
    public RequestAction Action { get; init; }

    /// <summary>Why, for the record.</summary>
    [Length(1, 1024)]
    public string? Reason { get; init; }

    /// <summary>Who asks, such as a mail address. Nobody verifies it: the record says so.</summary>
    [Pattern(ModelNames.ForeignPattern, ModelNames.ExpectedForeign)]
    [Length(1, 256)]
    public string? RequestedBy { get; init; }

    /// <summary>The one rollout that it is meant for; Promote, Approve and Retry need it. Without it, the deployment's newest.</summary>
    public RequestedRollout? Rollout { get; init; }

    /// <summary>The one step that it is meant for, as column STEP of the rollout counts them, from 1; Approve, and Promote without full, need it.</summary>
    [RangeMinimum(1)]
    [RangeMaximum(1_000)]
    public int? Step { get; init; }

    /// <summary>Digest that the candidate's artifact must have; refused where it has another one.</summary>
    [DigestText]
    public string? CandidateDigest { get; init; }

    /// <summary>With Promote: all steps up to the promotion are skipped, none of the guards; false by default.</summary>
    [DefaultValue(false)]
    public bool Full { get; init; }

    /// <summary>With Promote: goes on though a required metric is Unknown, and with <c>full</c> though the rollout is paused; never over a Fail. False by default.</summary>
    [DefaultValue(false)]
    public bool Force { get; init; }
}
