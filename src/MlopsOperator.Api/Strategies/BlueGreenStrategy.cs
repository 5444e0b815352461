namespace MlopsOperator.Api.Strategies;

/// <summary>The candidate comes up in full beside stable, is tested, and gets all requests in one change of the route; stable stays ready for the way back.</summary>
public sealed record BlueGreenStrategy
{
    /// <summary>A person must approve before the requests go over; {} is enough, without it nobody is asked.</summary>
    public ApprovalSpec? Approve { get; init; }
}
