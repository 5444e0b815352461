namespace MlopsOperator.DevCluster.Patching;

/// <summary>An applied object does not fit its schema.</summary>
internal sealed class TypedValueException(string message) : Exception(message);
