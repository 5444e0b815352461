using MlopsOperator.ModelServer.Onnx;

namespace MlopsOperator.ModelServer.Health;

/// <summary>Where the model stands: exactly one of loading, loaded, failed.</summary>
/// <param name="Model">The model, once it is loaded and warm.</param>
/// <param name="Reason">Why it is not ready; null if it is.</param>
internal sealed record ModelState(OnnxModel? Model, string? Reason)
{
    /// <summary>The state at the start.</summary>
    public static ModelState Loading { get; } = new(null, "the model is being loaded");

    /// <summary>The model can be asked.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The state.</returns>
    public static ModelState Loaded(OnnxModel model) => new(model, null);

    /// <summary>The model will never be ready; the process stays up to say why.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>The state.</returns>
    public static ModelState Failed(string reason) => new(null, "the model cannot be served: " + reason);
}
