using MlopsOperator.Api.Schemas.Generation;

namespace MlopsOperator.Api.Tests.Schemas.Generation;

/// <summary>The generator with the comments of the assembly under test.</summary>
internal static class GeneratedCrds
{
    public static CrdGenerator Generator { get; } = new(DocComments.Load(Path.ChangeExtension(typeof(CrdGenerator).Assembly.Location, ".xml")));

    public static TheoryData<Type> Kinds { get; } = [.. CustomKinds.All];
}
