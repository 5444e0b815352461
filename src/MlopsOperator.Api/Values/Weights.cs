namespace MlopsOperator.Api.Values;

/// <summary>Shares of requests, in ten-thousandths.</summary>
public static class Weights
{
    /// <summary>All requests; the weights of a route always sum to this.</summary>
    public const int Total = 10_000;
}
