using MlopsOperator.Api.Requests;

namespace MlopsOperator.Cli.Requests;

/// <summary>What the command line asks for.</summary>
internal sealed record RequestWish
{
    public required RequestAction Action { get; init; }

    public string? By { get; init; }

    public string? Reason { get; init; }

    public string? Digest { get; init; }

    public bool Full { get; init; }

    public bool Force { get; init; }
}
