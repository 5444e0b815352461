using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Writing;

/// <summary>What is read of an object whose content does not matter, or does not fit its type.</summary>
internal sealed record ObjectMetadata(V1ObjectMeta Metadata);
