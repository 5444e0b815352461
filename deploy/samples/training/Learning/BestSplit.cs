namespace MlopsOperator.Samples.Training.Learning;

/// <summary>The best question found so far for one node.</summary>
/// <param name="Gain">What it gains.</param>
/// <param name="Feature">The feature.</param>
/// <param name="Bin">The last bin that answers yes.</param>
/// <param name="MissingIsTrue">Whether the missing answer yes.</param>
internal readonly record struct BestSplit(double Gain, int Feature, int Bin, bool MissingIsTrue);
