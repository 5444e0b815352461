namespace MlopsOperator.Api.Models;

/// <summary>Source code of a training.</summary>
public sealed record LineageSource
{
    /// <summary>Repository.</summary>
    public string? Repository { get; init; }

    /// <summary>Commit.</summary>
    public string? Commit { get; init; }
}
