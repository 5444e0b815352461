using System.Globalization;

namespace MlopsOperator.ModelServer.Protocol.Requests;

/// <summary>Checks shapes of requests against the model.</summary>
internal static class TensorShape
{
    /// <summary>Checks one input's shape.</summary>
    /// <param name="expected">What the model expects.</param>
    /// <param name="shape">What was sent.</param>
    /// <param name="maxBatchSize">Largest first dimension where the model leaves it open.</param>
    /// <exception cref="InvalidRequestException">It does not fit.</exception>
    public static void Check(TensorSpecification expected, long[] shape, int maxBatchSize)
    {
        if (shape.Length != expected.Shape.Length)
        {
            throw new InvalidRequestException(string.Create(CultureInfo.InvariantCulture, $"input '{expected.Name}': found a shape of rank {shape.Length}, {Text(shape)}; expected rank {expected.Shape.Length}, {Text(expected.Shape)}"));
        }

        for (var dimension = 0; dimension < shape.Length; dimension++)
        {
            if (shape[dimension] < 0 || (expected.Shape[dimension] >= 0 && expected.Shape[dimension] != shape[dimension]))
            {
                throw new InvalidRequestException($"input '{expected.Name}': found shape {Text(shape)}; expected {Text(expected.Shape)}{(shape[dimension] < 0 ? ", with a size of at least 0 in each dimension" : "")}");
            }
        }

        if (shape.Length > 0 && expected.Shape[0] < 0 && shape[0] > maxBatchSize)
        {
            throw new InvalidRequestException(string.Create(CultureInfo.InvariantCulture, $"input '{expected.Name}': found a batch of {shape[0]} rows; expected at most {maxBatchSize}. Send several requests"));
        }
    }

    /// <summary>Checks that dimensions of one name agree over all inputs.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <exception cref="InvalidRequestException">Two disagree.</exception>
    public static void CheckAgreement(InputTensor[] inputs)
    {
        if (inputs.Length < 2)
        {
            return;
        }

        var sizes = new Dictionary<string, (long Size, string Input)>(StringComparer.Ordinal);
        foreach (var input in inputs)
        {
            var names = input.Specification.DimensionNames;
            for (var dimension = 0; dimension < names.Length; dimension++)
            {
                if (names[dimension].Length == 0 || sizes.TryAdd(names[dimension], (input.Shape[dimension], input.Specification.Name)))
                {
                    continue;
                }

                var (size, other) = sizes[names[dimension]];
                if (size != input.Shape[dimension])
                {
                    throw new InvalidRequestException(string.Create(CultureInfo.InvariantCulture, $"inputs '{other}' and '{input.Specification.Name}' must agree in the dimension {names[dimension]}: found {size} and {input.Shape[dimension]}"));
                }
            }
        }
    }

    /// <summary>How many elements a shape holds.</summary>
    /// <param name="shape">The shape, without negative sizes.</param>
    /// <returns>The product; <see cref="long.MaxValue"/> where it would overflow.</returns>
    public static long Elements(long[] shape)
    {
        long product = 1;
        foreach (var size in shape)
        {
            if (size == 0)
            {
                return 0;
            }

            product = product > long.MaxValue / size ? long.MaxValue : product * size;
        }

        return product;
    }

    /// <summary>A shape as the protocol writes it.</summary>
    /// <param name="shape">The shape.</param>
    /// <returns>Such as [-1,12].</returns>
    public static string Text(long[] shape) => $"[{string.Join(',', shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
}
