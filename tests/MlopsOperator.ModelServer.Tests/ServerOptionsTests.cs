using System.Net;

namespace MlopsOperator.ModelServer.Tests;

public sealed class ServerOptionsTests
{
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal) { ["MODEL_NAME"] = "delays", ["MODEL_PATH"] = "/mnt/models/model.onnx" };

    [Fact]
    public void Defaults_are_those_that_are_documented()
    {
        var options = Read(out var errors);

        errors.Should().BeEmpty();
        options.Should().Be(new ServerOptions
        {
            ModelName = "delays",
            ModelVersion = null,
            ModelPath = "/mnt/models/model.onnx",
            BindAddress = null,
            Port = 8080,
            MaxBodyBytes = 16 * 1024 * 1024,
            MaxBatchSize = 1024,
            MaxConcurrency = 2 * Environment.ProcessorCount,
            MaxQueue = 64,
            LoadTimeout = TimeSpan.FromSeconds(300),
            DrainTime = TimeSpan.FromSeconds(5),
        });
    }

    [Fact]
    public void Everything_can_be_set()
    {
        foreach (var (name, value) in new[] { ("MODEL_VERSION", "2"), ("BIND_ADDRESS", "127.64.0.3"), ("PORT", "0"), ("MAX_BODY_BYTES", "1"), ("MAX_BATCH_SIZE", "2"), ("MAX_CONCURRENCY", "3"), ("MAX_QUEUE", "0"), ("LOAD_TIMEOUT_SECONDS", "5"), ("DRAIN_SECONDS", "0") })
        {
            variables[name] = value;
        }

        Read(out var errors).Should().Be(new ServerOptions
        {
            ModelName = "delays",
            ModelVersion = "2",
            ModelPath = "/mnt/models/model.onnx",
            BindAddress = IPAddress.Parse("127.64.0.3"),
            Port = 0,
            MaxBodyBytes = 1,
            MaxBatchSize = 2,
            MaxConcurrency = 3,
            MaxQueue = 0,
            LoadTimeout = TimeSpan.FromSeconds(5),
            DrainTime = TimeSpan.Zero,
        });
        errors.Should().BeEmpty();
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        variables.Clear();
        variables["PORT"] = "http";
        variables["BIND_ADDRESS"] = "localhost";
        variables["MAX_CONCURRENCY"] = "0";

        Read(out var errors);

        errors.Should().Equal(
            "MODEL_NAME is not set; expected the name of the model, such as delays.",
            "MODEL_PATH is not set; expected the path of an ONNX file, such as /mnt/models/model.onnx.",
            "BIND_ADDRESS: found \"localhost\"; expected an IP address, such as 127.0.0.1.",
            "PORT: found \"http\"; expected a whole number from 0 to 65535.",
            "MAX_CONCURRENCY: found \"0\"; expected a whole number from 1 to 4096.");
    }

    private ServerOptions Read(out IReadOnlyList<string> errors) => ServerOptions.Read(name => variables.GetValueOrDefault(name), out errors);
}
