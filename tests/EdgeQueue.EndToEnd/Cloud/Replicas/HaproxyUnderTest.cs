using System.Diagnostics;
using System.Globalization;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Cloud.Replicas;

/// <summary>The real haproxy with the configuration of <c>examples/cloud</c>, on free ports, before two replicas.</summary>
internal sealed class HaproxyUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-haproxy-");
    private readonly Process _process;

    private HaproxyUnderTest(CloudUnderTest one, CloudUnderTest two)
    {
        string example = File.ReadAllText(Path.Combine(Executables.Root(), "examples", "cloud", "haproxy.cfg"));
        string file = Path.Combine(_folder.FullName, "haproxy.cfg");
        // As many open files as any machine allows a test.
        Assert.Contains("maxconn 4000", example, StringComparison.Ordinal);
        example = example.Replace("maxconn 4000", "maxconn 200", StringComparison.Ordinal);
        foreach ((string there, int here) in new[] { ("127.0.0.1:8080", Port), ("127.0.0.1:8091", one.Port), ("127.0.0.1:8092", two.Port) })
        {
            Assert.Contains(there, example, StringComparison.Ordinal);
            example = example.Replace(there, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{here}"), StringComparison.Ordinal);
        }

        File.WriteAllText(file, example);
        _process = Process.Start(new ProcessStartInfo("/usr/sbin/haproxy", ["-db", "-f", file]))!;
    }

    public int Port { get; } = FreePorts.Take(1)[0];

    public static async Task<HaproxyUnderTest> StartAsync(CloudUnderTest one, CloudUnderTest two)
    {
        var proxy = new HaproxyUnderTest(one, two);
        using var http = new HttpClient();
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            Assert.True(!proxy._process.HasExited && waited.Elapsed < TimeSpan.FromSeconds(30), "haproxy did not come up");
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{proxy.Port}/readyz")), TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return proxy;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
