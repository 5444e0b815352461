using System.Globalization;

namespace MlopsOperator.Scale.Measuring;

/// <summary>What was measured, in the order of measuring; printed as a table.</summary>
internal sealed class Figures
{
    private readonly List<(string Name, string Value, string Goal)> _rows = [];

    /// <summary>Whether a goal was missed.</summary>
    public bool Missed { get; private set; }

    public void Add(string name, string value)
    {
        _rows.Add((name, value, ""));
        Console.WriteLine($"  {name}: {value}");
    }

    /// <summary>A figure that is to be at most <paramref name="goal"/>.</summary>
    public void Add(string name, double value, string unit, double goal)
    {
        var missed = value > goal;
        Missed |= missed;
        var text = string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {unit}");
        _rows.Add((name, text, string.Create(CultureInfo.InvariantCulture, $"≤ {goal:0.##} {unit}: {(missed ? "missed" : "kept")}")));
        Console.WriteLine($"  {name}: {text}");
    }

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine("| figure | value | goal |");
        Console.WriteLine("|---|---|---|");
        foreach (var (name, value, goal) in _rows)
        {
            Console.WriteLine($"| {name} | {value} | {goal} |");
        }
    }

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");

    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
