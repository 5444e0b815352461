namespace MlopsOperator.Samples.Training.Flights;

/// <summary>One flight: what is known at push-back, and how late it came in.</summary>
/// <param name="Time">Local departure.</param>
/// <param name="Features">The twelve features, in the order of <see cref="FlightFeatures.Names"/>; NaN is missing.</param>
/// <param name="ArrivalDelay">Minutes after the timetable.</param>
internal sealed record Flight(DateTime Time, float[] Features, int ArrivalDelay)
{
    /// <summary>1 if it came in 15 minutes late or more, the U.S. Department of Transportation's own definition; else 0.</summary>
    public int Late => ArrivalDelay >= 15 ? 1 : 0;
}
