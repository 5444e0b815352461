using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Requests;

/// <summary>What a person asks of a rollout.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestAction>))]
public enum RequestAction
{
    /// <summary>Takes the candidate back; before the flip and while it bakes.</summary>
    Abort,

    /// <summary>Holds the rollout, and those that follow, until Resume.</summary>
    Pause,

    /// <summary>Ends what Pause began, and the hold Contested.</summary>
    Resume,

    /// <summary>Ends the waiting of the present step; with <c>full</c>, of all steps up to the promotion.</summary>
    Promote,

    /// <summary>Ends the hold Approval of one step.</summary>
    Approve,

    /// <summary>Tries a revision again that was taken back, in a new rollout with evidence from zero.</summary>
    Retry,
}
