namespace MlopsOperator.Rollouts;

/// <summary>A reason to change the record, or to leave it; null when it does not apply.</summary>
/// <param name="situation">What is known.</param>
internal delegate Transition? Check(Situation situation);
