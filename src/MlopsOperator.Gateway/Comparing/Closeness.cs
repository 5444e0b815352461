using System.Runtime.InteropServices;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>How far the candidate's number may be from stable's: |c − s| ≤ absolute + relative · |s|.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Closeness(double Absolute, double Relative)
{
    /// <summary>Equal or not.</summary>
    public static Closeness Exact { get; }

    /// <summary>What a rule asks; an absent part is 0 beside the other one. Without any, what the datatype asks.</summary>
    public static Closeness Of(CompareRule? rule, Closeness byDefault) => rule switch
    {
        { Mode: CompareMode.Exact } => Exact,
        { Absolute: null, Relative: null } or null => byDefault,
        _ => new Closeness(rule.Absolute ?? 0, rule.Relative ?? 0),
    };

    /// <summary>Whether two numbers are close. An infinity is close to itself only; a value that is no number is the caller's business.</summary>
    public bool Holds(double stable, double candidate) =>
        stable.Equals(candidate)
        || (double.IsFinite(stable) && double.IsFinite(candidate) && Math.Abs(candidate - stable) <= Absolute + (Relative * Math.Abs(stable)));
}
