namespace MlopsOperator.Rollouts.Holds;

/// <summary>A reason not to move forward.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Actor">Who causes it.</param>
/// <param name="Look">What is waited for and what would end it; null while it does not hold.</param>
internal sealed record HoldRule(string Name, string Actor, Func<Situation, string?> Look);
