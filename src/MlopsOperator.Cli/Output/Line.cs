namespace MlopsOperator.Cli.Output;

/// <summary>A line for people.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Tone">How it is meant.</param>
internal sealed record Line(string Text, Tone Tone = Tone.Plain);
