namespace MlopsOperator.Operator.Evidence.Parsing;

/// <summary>A text that is not Prometheus' text format, or too large.</summary>
internal sealed class PrometheusFormatException : Exception
{
    public PrometheusFormatException()
    {
    }

    public PrometheusFormatException(string message)
        : base(message)
    {
    }

    public PrometheusFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
