namespace MlopsOperator.Api.Strategies;

/// <summary>
/// Stable is stopped before the candidate starts: for models that do not fit beside each other. The only strategy in which nothing serves for a while; when
/// the candidate fails, stable is started again.
/// </summary>
public sealed record RecreateStrategy;
