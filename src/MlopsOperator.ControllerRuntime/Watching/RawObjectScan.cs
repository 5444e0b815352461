namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>What a scan of an object found; ranges include the member's name and one comma, absent members have an empty range.</summary>
internal sealed record RawObjectScan
{
    public string? Namespace { get; set; }

    public string? Name { get; set; }

    public string? Uid { get; set; }

    public string? ResourceVersion { get; set; }

    public Range ResourceVersionAt { get; set; } = 0..0;

    public Range StatusAt { get; set; } = 0..0;

    public Range? ManagedFields { get; set; }
}
