namespace MlopsOperator.DevCluster.Requests;

/// <summary>What becomes of unknown fields.</summary>
internal enum FieldValidation
{
    Ignore,
    Warn,
    Strict,
}
