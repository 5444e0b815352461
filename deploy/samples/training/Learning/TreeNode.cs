namespace MlopsOperator.Samples.Training.Learning;

/// <summary>A node of a tree: a leaf with a value, or a question about one feature.</summary>
internal sealed class TreeNode
{
    /// <summary>The feature that is asked about; -1 in a leaf.</summary>
    public int Feature { get; set; } = -1;

    /// <summary>Values up to this go to <see cref="True"/>.</summary>
    public float Threshold { get; set; }

    /// <summary>Whether a missing value goes to <see cref="True"/>.</summary>
    public bool MissingIsTrue { get; set; }

    /// <summary>Index of the next node in the same tree.</summary>
    public int True { get; set; }

    /// <summary>Index of the next node in the same tree.</summary>
    public int False { get; set; }

    /// <summary>What a leaf adds to the log-odds.</summary>
    public float Value { get; set; }

    /// <summary>Whether it is a leaf.</summary>
    public bool IsLeaf => Feature < 0;

    /// <summary>Where a flight goes from here.</summary>
    /// <param name="features">Its features.</param>
    /// <returns>Index of the next node.</returns>
    public int Next(float[] features)
    {
        var value = features[Feature];
        var isTrue = float.IsNaN(value) ? MissingIsTrue : value <= Threshold;
        return isTrue ? True : False;
    }
}
