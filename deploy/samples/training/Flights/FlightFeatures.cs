namespace MlopsOperator.Samples.Training.Flights;

/// <summary>The features of a flight; deploy/samples/README.md says what each is.</summary>
internal static class FlightFeatures
{
    /// <summary>Position of the region of the origin, a category.</summary>
    public const int OriginRegion = 2;

    /// <summary>Position of the route's mean delay of the last week.</summary>
    public const int RouteWeek = 9;

    /// <summary>Names, in the order of the models' input.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "hour", "weekday", "origin_region", "distance", "inbound_delay", "outbound_delay",
        "destination_delay", "network_delay", "route_last", "route_week", "route_daily", "behind_usual",
    ];

    /// <summary>Regions, by their code. Others are missing values to the models.</summary>
    public static IReadOnlyList<string> Regions { get; } = ["northeast", "midwest", "south", "mountain", "pacific"];
}
