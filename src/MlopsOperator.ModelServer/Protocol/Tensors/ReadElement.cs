using System.Text.Json;

namespace MlopsOperator.ModelServer.Protocol.Tensors;

/// <summary>Reads the value that a JSON reader stands on.</summary>
/// <typeparam name="T">The element's type.</typeparam>
/// <param name="reader">The reader.</param>
/// <param name="value">The value.</param>
/// <returns>Whether it is one.</returns>
internal delegate bool ReadElement<T>(ref Utf8JsonReader reader, out T value);
