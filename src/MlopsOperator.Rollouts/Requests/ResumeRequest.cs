using MlopsOperator.Api.Requests;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Holds;

namespace MlopsOperator.Rollouts.Requests;

/// <summary>Clears what Pause has set, and the hold Contested; never <c>spec.paused</c>, which wins.</summary>
internal static class ResumeRequest
{
    internal static Answer Answer(Situation situation)
    {
        var deployment = $"ModelDeployment {situation.Intent.Name}";
        if (situation.Intent.Paused)
        {
            return Requests.Answer.Refused($"spec.paused of {deployment} is true, and wins over requests: {WaitingFor.Unpause(situation)}");
        }

        if (situation.Record.Paused is null && !ContestedHold.Holds(situation))
        {
            return Requests.Answer.Refused($"{deployment} is neither paused nor contested{Requester.Last(situation, RequestAction.Resume)}: there is nothing to resume.");
        }

        return Requests.Answer.Done(
            $"{deployment} goes on.",
            s => ContestedHold.Clear(s.With(s.Record with { Paused = null })));
    }
}
