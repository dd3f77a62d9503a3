using EdgeQueue.Benchmarks.Core;

// One name, one benchmark; each prints its table beside its limit and ends with 0 when the budget was kept.
return args switch
{
    ["core"] => CallNextBenchmark.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: EdgeQueue.Benchmarks core");
    return 2;
}
