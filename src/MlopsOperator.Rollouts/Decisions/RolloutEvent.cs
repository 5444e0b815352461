namespace MlopsOperator.Rollouts.Decisions;

/// <summary>Something that people should be told.</summary>
/// <param name="Reason">Why, in one word, from a closed list.</param>
/// <param name="Warning">Whether someone should look.</param>
/// <param name="Note">A sentence in past tense with the values.</param>
public sealed record RolloutEvent(string Reason, bool Warning, string Note);
