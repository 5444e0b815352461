using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>The errors of one object, with a limit.</summary>
internal sealed class SchemaErrors
{
    /// <summary>Errors that are told.</summary>
    public const int Maximum = 100;

    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> All => errors;

    /// <summary>Whether an error was found that keeps CEL rules from being evaluated.</summary>
    public bool BlocksRules { get; private set; }

    public void Add(FieldError error, bool blocksRules = false)
    {
        BlocksRules |= blocksRules;
        if (errors.Count < Maximum)
        {
            errors.Add(error);
        }
    }
}
