namespace MlopsOperator.ModelServer.Protocol;

/// <summary>What clients are told about the model, and what their requests are checked against.</summary>
/// <param name="Name">Name in paths and answers.</param>
/// <param name="Version">Version in paths and answers; null if it has none.</param>
/// <param name="Inputs">Inputs, in the model's order.</param>
/// <param name="Outputs">Outputs, in the model's order.</param>
/// <param name="MaxBatchSize">Largest first dimension where the model leaves it open.</param>
internal sealed record ModelDescription(string Name, string? Version, TensorSpecification[] Inputs, TensorSpecification[] Outputs, int MaxBatchSize)
{
    /// <summary>Position of a tensor by its name.</summary>
    /// <param name="tensors"><see cref="Inputs"/> or <see cref="Outputs"/>.</param>
    /// <param name="name">The name.</param>
    /// <returns>Its index; -1 if there is none.</returns>
    public static int IndexOf(TensorSpecification[] tensors, string name) =>
        Array.FindIndex(tensors, tensor => string.Equals(tensor.Name, name, StringComparison.Ordinal));

    /// <summary>The names of some tensors, for error messages.</summary>
    /// <param name="tensors"><see cref="Inputs"/> or <see cref="Outputs"/>.</param>
    /// <returns>The names with commas, cut after <see cref="Limits.ListedNames"/>.</returns>
    public static string NamesOf(IReadOnlyCollection<TensorSpecification> tensors) =>
        string.Join(", ", tensors.Take(Limits.ListedNames).Select(tensor => $"'{tensor.Name}'")) + (tensors.Count > Limits.ListedNames ? ", …" : "");
}
