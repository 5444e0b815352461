using MlopsOperator.DevCluster.Kinds;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The options of one writing request, and the warnings it gathers.</summary>
internal sealed record WriteContext(ResourceTarget Target, string Manager, bool DryRun, FieldValidation FieldValidation)
{
    /// <summary>Whether the request replaces an object by PUT.</summary>
    public bool IsPut { get; init; }

    /// <summary>managedFields that a write to status or scale brings with it; null: the old ones stay.</summary>
    public System.Text.Json.Nodes.JsonArray? AppliedOwnership { get; init; }

    public ResourceKind Kind => Target.Kind;

    public bool IsStatus => string.Equals(Target.Subresource, "status", StringComparison.Ordinal);

    public bool IsScale => string.Equals(Target.Subresource, "scale", StringComparison.Ordinal);

    public List<string> Warnings { get; } = [];

    public static WriteContext Of(ApiRequest request, ResourceTarget target, string options)
    {
        var manager = request.Option("fieldManager");
        if (manager?.Length > Managers.MaximumLength)
        {
            throw Statuses.InvalidOption(options, new FieldError("FieldValueTooLong", "fieldManager", $"Too long: may not be more than {Managers.MaximumLength} bytes"));
        }

        var dryRun = request.Option("dryRun") switch
        {
            null => false,
            "All" => true,
            var other => throw Statuses.InvalidOption(options, FieldError.NotSupported("dryRun", $"[{FieldError.Quote(other)}]", ["All"])),
        };
        var validation = request.Option("fieldValidation") switch
        {
            null or "Warn" => FieldValidation.Warn,
            "Ignore" => FieldValidation.Ignore,
            "Strict" => FieldValidation.Strict,
            var other => throw Statuses.InvalidOption(options, FieldError.NotSupported("fieldValidation", FieldError.Quote(other), ["", "Ignore", "Strict", "Warn"])),
        };
        return new WriteContext(target, manager ?? Managers.Of(request.UserAgent), dryRun, validation) { IsPut = request.Method is "PUT" };
    }
}
