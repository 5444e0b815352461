namespace MlopsOperator.Samples.Training.Learning;

/// <summary>Linear equations by elimination with pivots.</summary>
internal static class LinearEquations
{
    /// <summary>Solves matrix · x = right.</summary>
    /// <param name="matrix">Square; it is overwritten.</param>
    /// <param name="right">As long; it is overwritten.</param>
    /// <returns>x.</returns>
    public static double[] Solve(double[,] matrix, double[] right)
    {
        for (var column = 0; column < right.Length; column++)
        {
            Pivot(matrix, right, column);
            for (var row = column + 1; row < right.Length; row++)
            {
                var factor = matrix[row, column] / matrix[column, column];
                for (var k = column; k < right.Length; k++)
                {
                    matrix[row, k] -= factor * matrix[column, k];
                }

                right[row] -= factor * right[column];
            }
        }

        for (var row = right.Length - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < right.Length; k++)
            {
                right[row] -= matrix[row, k] * right[k];
            }

            right[row] /= matrix[row, row];
        }

        return right;
    }

    private static void Pivot(double[,] matrix, double[] right, int column)
    {
        var pivot = column;
        for (var row = column + 1; row < right.Length; row++)
        {
            if (Math.Abs(matrix[row, column]) > Math.Abs(matrix[pivot, column]))
            {
                pivot = row;
            }
        }

        for (var k = 0; k < right.Length; k++)
        {
            (matrix[column, k], matrix[pivot, k]) = (matrix[pivot, k], matrix[column, k]);
        }

        (right[column], right[pivot]) = (right[pivot], right[column]);
    }
}
