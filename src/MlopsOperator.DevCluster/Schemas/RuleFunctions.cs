using System.Globalization;
using Cel;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>Functions that the evaluator lacks, or answers otherwise than the real server.</summary>
internal static class RuleFunctions
{
    private static readonly Type[] One = [typeof(object)];
    private static readonly Type[] Two = [typeof(object), typeof(object)];
    private static readonly Type[] Three = [typeof(object), typeof(object), typeof(object)];

    public static CelEnvironment NewEnvironment()
    {
        var environment = new CelEnvironment(null, null);

        // The evaluator calls empty values absent and null present.
        environment.RegisterFunction("has", One, a => a[0] is not null && !string.Equals(a[0]!.GetType().Name, "CelNoSuchField", StringComparison.Ordinal));

        // RE2: linear time, and $ is the end of the text.
        environment.RegisterFunction("matches", [typeof(string), typeof(string)], a => Patterns.Matches((string)a[0]!, (string)a[1]!));
        AddQuantities(environment);
        AddLists(environment);
        AddStrings(environment);
        return environment;
    }

    private static void AddQuantities(CelEnvironment environment)
    {
        environment.RegisterFunction("quantity", One, a => new QuantityValue(QuantityValue.Parse(Convert.ToString(a[0], CultureInfo.InvariantCulture)!)));
        environment.RegisterFunction("isQuantity", One, a => a[0] is string text && Quantities.IsValid(text));
        environment.RegisterFunction("isGreaterThan", Two, a => ((QuantityValue)a[0]!).Amount > ((QuantityValue)a[1]!).Amount);
        environment.RegisterFunction("isLessThan", Two, a => ((QuantityValue)a[0]!).Amount < ((QuantityValue)a[1]!).Amount);
        environment.RegisterFunction("compareTo", Two, a => (long)((QuantityValue)a[0]!).Amount.CompareTo(((QuantityValue)a[1]!).Amount));
    }

    private static void AddLists(CelEnvironment environment)
    {
        environment.RegisterFunction("sum", One, a => Numbers(a[0]) is { Whole: true } list ? (object)list.Values.Sum(v => (long)v) : (double)Numbers(a[0]).Values.Sum());
        environment.RegisterFunction("min", One, a => Numbers(a[0]) is { Whole: true } list ? (object)(long)list.Values.Min() : (double)Numbers(a[0]).Values.Min());
        environment.RegisterFunction("max", One, a => Numbers(a[0]) is { Whole: true } list ? (object)(long)list.Values.Max() : (double)Numbers(a[0]).Values.Max());
        environment.RegisterFunction("join", One, a => string.Concat(((IEnumerable<object?>)a[0]!).Cast<string>()));
        environment.RegisterFunction("join", Two, a => string.Join((string)a[1]!, ((IEnumerable<object?>)a[0]!).Cast<string>()));
    }

    private static void AddStrings(CelEnvironment environment)
    {
        environment.RegisterFunction("lowerAscii", One, a => ((string)a[0]!).ToLowerInvariant());
        environment.RegisterFunction("upperAscii", One, a => ((string)a[0]!).ToUpperInvariant());
        environment.RegisterFunction("trim", One, a => ((string)a[0]!).Trim());
        environment.RegisterFunction("split", Two, a => ((string)a[0]!).Split((string)a[1]!).Cast<object?>().ToList());
        environment.RegisterFunction("replace", Three, a => ((string)a[0]!).Replace((string)a[1]!, (string)a[2]!, StringComparison.Ordinal));
        environment.RegisterFunction("indexOf", Two, a => (long)((string)a[0]!).IndexOf((string)a[1]!, StringComparison.Ordinal));
        environment.RegisterFunction("substring", Two, a => ((string)a[0]!)[(int)(long)a[1]!..]);
        environment.RegisterFunction("substring", Three, a => ((string)a[0]!)[(int)(long)a[1]!..(int)(long)a[2]!]);
        environment.RegisterFunction("charAt", Two, a => ((string)a[0]!).Substring((int)(long)a[1]!, 1));
        environment.RegisterFunction("isURL", One, a => a[0] is string text && Uri.TryCreate(text, UriKind.Absolute, out _));
    }

    private static (bool Whole, IReadOnlyList<decimal> Values) Numbers(object? list)
    {
        var items = ((IEnumerable<object?>)list!).ToList();
        return (items.All(i => i is long), [.. items.Select(i => Convert.ToDecimal(i, CultureInfo.InvariantCulture))]);
    }
}
