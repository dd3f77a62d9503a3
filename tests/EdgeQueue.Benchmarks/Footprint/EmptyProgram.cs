using System.Diagnostics;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;

namespace EdgeQueue.Benchmarks.Footprint;

/// <summary>The limit: a program that does nothing but wait for its input, published with the settings of every executable of the device.</summary>
internal sealed class EmptyProgram(string folder)
{
    private const int Rounds = 5;

    public string File => Path.Combine(folder, "out", "empty");

    public async Task PublishAsync()
    {
        Directory.CreateDirectory(folder);
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "empty.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{Path.Combine(Repository.Root, "device", "Executable.props")}" />
              <PropertyGroup><RestorePackagesWithLockFile>false</RestorePackagesWithLockFile></PropertyGroup>
            </Project>
            """);
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), """
            System.Console.WriteLine("ready");
            System.Console.ReadLine();
            """);
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", folder, "-c", "Release", "-r", "linux-x64", "-nologo", "-v", "q", "-o", Path.Combine(folder, "out")])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
        {
            throw new BenchmarkException("The empty program cannot be published: " + said);
        }
    }

    /// <summary>Milliseconds from its start to its first line, and its resident memory then.</summary>
    public async Task<(double Start, double Megabytes)> MeasureAsync()
    {
        var (starts, megabytes) = (new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo(File) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
            await process.StandardOutput.ReadLineAsync();
            starts.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            megabytes.Add(ResidentMemory.Megabytes(process.Id));
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }

        return (starts.Median, megabytes.Median);
    }
}
