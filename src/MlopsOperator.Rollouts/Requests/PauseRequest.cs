using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Rollouts.Requests;

/// <summary>Sets the hold User. It stays with the deployment: the next rollout takes it over.</summary>
internal static class PauseRequest
{
    internal static Answer Answer(Situation situation, PendingRequest request)
    {
        if (situation is { Record.Paused: { } paused, Evidence.PausePassed: false })
        {
            return Requests.Answer.Refused(
                $"ModelDeployment {situation.Intent.Name} is paused already: by {Requester.Name(paused.By)} since {Texts.Time(paused.Since)} (request {paused.Request}).");
        }

        var holds = situation.Forward || situation.Phase is RolloutPhase.Baking;
        return Requests.Answer.Done(
            holds ? $"{Binding.Rollout(situation)} is held at {Binding.Step(situation)} until a Resume." : "Nothing moves forward now; the next rollout is held until a Resume.",
            s => s.With(s.Record with
            {
                Paused = new RolloutPause { Request = request.Name, By = request.Spec.RequestedBy, Reason = request.Spec.Reason is { } reason ? Limits.Cut(reason, Limits.Reason) : null, Since = s.Now },
            }) with
            {
                // A pause is the newer word.
                Evidence = s.Evidence with { PausePassed = false },
            });
    }
}
