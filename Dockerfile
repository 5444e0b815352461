# One file, a target for each program: docker build --target operator|gateway|model-server|fetcher .
# Two more are for the tests on a cluster: fetcher-with-samples, traffic.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG CONFIGURATION=Release
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY eng/ eng/
COPY src/ src/
RUN for program in Operator Gateway ModelServer Fetcher; do \
      dotnet publish "src/MlopsOperator.$program" -c "$CONFIGURATION" -o "/out/$program" || exit 1; \
    done

# Chiselled images have no shell, no package manager, and run as user 65532 in the restricted standard.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS web
USER 65532:65532
WORKDIR /app
ENV DOTNET_EnableDiagnostics=0

FROM web AS operator
COPY --from=build /out/Operator .
ENTRYPOINT ["dotnet", "MlopsOperator.Operator.dll"]

FROM web AS gateway
COPY --from=build /out/Gateway .
EXPOSE 8080 9090
ENTRYPOINT ["dotnet", "MlopsOperator.Gateway.dll"]

# ONNX Runtime is built against glibc with libstdc++, which the chiselled "extra" image has.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra AS model-server
USER 65532:65532
WORKDIR /app
ENV DOTNET_EnableDiagnostics=0
COPY --from=build /out/ModelServer .
EXPOSE 8080
ENTRYPOINT ["dotnet", "MlopsOperator.ModelServer.dll"]

FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled AS fetcher
USER 65532:65532
WORKDIR /app
ENV DOTNET_EnableDiagnostics=0
COPY --from=build /out/Fetcher .
ENTRYPOINT ["dotnet", "MlopsOperator.Fetcher.dll"]

# What the tests on a cluster add: the fetcher knows file: alone, so the sample models lie in its image; a client that replays held-out rows.
FROM fetcher AS fetcher-with-samples
COPY deploy/samples/models /deploy/samples/models

FROM build AS build-traffic
ARG CONFIGURATION=Release
RUN dotnet publish src/MlopsOperator.Demo -c "$CONFIGURATION" -o /out/Demo

FROM web AS traffic
COPY --from=build-traffic /out/Demo .
COPY deploy/samples/data /data
ENTRYPOINT ["dotnet", "MlopsOperator.Demo.dll", "--data", "/data/delays.csv.gz"]
