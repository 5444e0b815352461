using Microsoft.ML.OnnxRuntime;
using MlopsOperator.ModelServer.Protocol;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace MlopsOperator.ModelServer.Onnx;

/// <summary>Loads a model file.</summary>
/// <param name="options">Which one, and under which name.</param>
internal sealed class ModelLoader(ServerOptions options)
{
    /// <summary>Loads the model on this thread.</summary>
    /// <param name="cancellationToken">Ends the loading.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelLoadException">It cannot be served.</exception>
    /// <exception cref="OperationCanceledException">The loading was ended.</exception>
    public OnnxModel Load(CancellationToken cancellationToken)
    {
        if (!File.Exists(options.ModelPath))
        {
            throw new ModelLoadException($"there is no file {options.ModelPath} (MODEL_PATH){(Directory.Exists(options.ModelPath) ? "; it is a folder" : "")}");
        }

        // Failed runs are counted and answered, not written by ONNX Runtime itself.
        OrtEnv.Instance().EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        var session = Open(cancellationToken);
        try
        {
            var description = new ModelDescription(options.ModelName, options.ModelVersion, SignatureReader.Inputs(session), SignatureReader.Outputs(session), options.MaxBatchSize);
            return new OnnxModel(session, description);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private InferenceSession Open(CancellationToken cancellationToken)
    {
        using var settings = new SessionOptions
        {
            // Concurrency comes from requests: more threads for each run only fight for the cores, and spinning burns them.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        settings.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
#pragma warning disable MA0045 // Loading has its own thread.
        using var registration = cancellationToken.UnsafeRegister(static state => ((SessionOptions)state!).SetLoadCancellationFlag(true), settings);
#pragma warning restore MA0045
        try
        {
            // By path, never from memory: a model's external data would be looked up in the working directory.
            return new InferenceSession(options.ModelPath, settings);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelLoadException($"ONNX Runtime cannot load {options.ModelPath}: {OnnxText.Of(exception.Message)}");
        }
    }
}
