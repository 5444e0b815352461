namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>How a reflector checks what its watch shows.</summary>
/// <param name="CompareEvery">A list is compared with the store about this often.</param>
/// <param name="Corrected">Called with the kind and how many objects a comparison has put right.</param>
internal sealed record ReflectorSettings(TimeSpan CompareEvery, Action<string, int> Corrected);
