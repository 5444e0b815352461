namespace MlopsOperator.Operator.Tests.BadInput;

/// <summary>Definitions from before all rules: whatever is written to spec and status is stored as it is.</summary>
internal static class OlderDefinitions
{
    private const string Schema = "      openAPIV3Schema:\n";
    private const string Anything = Schema + """
                type: object
                properties:
                  spec: {type: object, x-kubernetes-preserve-unknown-fields: true}
                  status: {type: object, x-kubernetes-preserve-unknown-fields: true}

        """;

    private const string Separator = "\n---\n";

    /// <summary>Kinds that users write.</summary>
    public static string OfUsers(string definitions) => string.Join(Separator, definitions.Split(Separator).Select(Loosen));

    private static string Loosen(string definition)
    {
        var schema = definition.IndexOf(Schema, StringComparison.Ordinal);
        return schema < 0 || definition.Contains("plural: modelrollouts", StringComparison.Ordinal) || definition.Contains("plural: gatewayroutes", StringComparison.Ordinal)
            ? definition
            : WithoutScale(definition[..schema]) + Anything;
    }

    // By a scale subresource an API server knows by itself that replicas are not negative.
    private static string WithoutScale(string definition)
    {
        var scale = definition.IndexOf("      scale:\n", StringComparison.Ordinal);
        return scale < 0 ? definition : definition[..scale] + definition[definition.IndexOf("    additionalPrinterColumns:", scale, StringComparison.Ordinal)..];
    }
}
