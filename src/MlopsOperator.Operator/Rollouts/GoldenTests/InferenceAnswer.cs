namespace MlopsOperator.Operator.Rollouts.GoldenTests;

/// <summary>Answer of a model server.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The body, cut at the limit.</param>
internal sealed record InferenceAnswer(int Status, ReadOnlyMemory<byte> Body);
